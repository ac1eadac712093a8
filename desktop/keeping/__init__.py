"""Nothing is lost: pads kept while they grow, past pads, files and exports."""
