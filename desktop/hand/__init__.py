"""What the hand does: events of pens, mice and fingers → gestures and points of ink."""
