<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>CandidateChart</name>
    <message>
        <source>Candidates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the character may be, and how likely each is</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Faults</name>
    <message>
        <source>Something went wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A fault in Glyphpad stopped what it was doing. Your ink is still here. The details are in {log}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HistoryWindow</name>
    <message>
        <source>Past pads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put this pad before you again (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete this pad for good (Delete)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete a pad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete this pad for good? It cannot be brought back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pads: {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No past pad holds these words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no past pads yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search past pads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words, or parts of words, that a pad&apos;s text holds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Past pads, the newest first</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>&amp;Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notice: {text}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Pad</name>
    <message>
        <source>draw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open ink</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>erase</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PadModel</name>
    <message>
        <source>No text was read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text}, written {date}, strokes: {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No text</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PageView</name>
    <message>
        <source>Picture</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Program</name>
    <message>
        <source>{model} · {engine} · {ms} ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open pictures or ink</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save ink</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ink</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PDF with the text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drawing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied {text}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no picture to paste. Copy one first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening {name}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}, page {page} of {pages}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading {model}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready: {model}, {engine}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One character</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Several characters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Digits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Letters and digits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Letters and digits, case where it shows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Letters by case, and digits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All printable signs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About Glyphpad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Glyphpad {version}. Write by hand, get text: on your own machine, without a network. MIT licence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a letter, a digit or a sign here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write here</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Reader</name>
    <message>
        <source>correct</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>join</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>delete character</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>strike through</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ResultPanel</name>
    <message>
        <source>Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{sign}, as you said</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Perhaps no character</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{sign}, {percent} sure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Result: {text}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Selection</name>
    <message>
        <source>move ink</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>delete ink</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paste ink</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsWindow</name>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Groups of settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How broad the pen writes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the pen writes in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the marker marks in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pen &amp;width</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pen &amp;colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Marker colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What runs the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Alphabet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the &amp;pad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Engine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which colours the program has</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another language shows when Glyphpad is started again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which language the program speaks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TileView</name>
    <message>
        <source>The character as the model sees it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The character as the model sees it: cropped, scaled and centred</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ToolActions</name>
    <message>
        <source>&amp;Only the pen writes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fingers and the palm move the page; pen and mouse write</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Guide lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show lines that tell small letters from capitals by their height</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enlarge the pad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reduce the pad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Actual size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the pad as it was at first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour and width</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What pen and marker look like</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pen &amp;colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>M&amp;arker colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pen &amp;width</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cu&amp;t ink</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut the selected ink</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy i&amp;nk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the selected ink, also as a picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Delete ink</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the selected ink off the pad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select &amp;all ink</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select all ink on the pad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Marker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark with a broad, translucent line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Eraser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase whole strokes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Rub out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase what the eraser passes over, and no more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Select</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw around ink to move, scale, copy or delete it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As &amp;text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Blue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Red</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Green</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Orange</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Purple</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Yellow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pin&amp;k</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Fine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Medium</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Broad</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Glyphpad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw with the left button, erase with the right one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alphabet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What may be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the pad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is written on the pad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which model reads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Busy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write on the pad with the mouse, a pen or a finger. The text stands on the right; click a sign that is wrong, and choose another. {open} opens pictures of handwriting. Nothing leaves this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Characters that were read: {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C&amp;lear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take all ink off the pad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open pictures or ink</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save ink…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the pad as InkML</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Past &amp;pads…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find and open what was written before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the pad as PDF, picture or drawing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy each new &amp;word</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put each word on the clipboard when it is written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as p&amp;icture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy all ink on the pad, as a picture and as ink</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Paste picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read the picture on the clipboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy what was read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go back to the pad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Next page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>P&amp;revious page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Q</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Cancel opening</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give up opening a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;High contrast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Automatic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;LiteRT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keras</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;ettings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;First steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the hint again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About Glyphpad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which version this is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Join with the next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The selected character and the next one are one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The selected character is two</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Read again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget what was put right about the selected character</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Delete character</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the ink of the selected character off the pad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Next character</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select the next character</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Previous character</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select the character before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E&amp;ngine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Character</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Alphabet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the &amp;pad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>There is no file “{name}”. Check the name and the folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” may not be read. Check its permissions, or copy it to a folder of your own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” could not be written. Choose another folder, or make room on the disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” is larger than can be read. Save it in parts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” holds more ink than can be opened. Save it in parts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” is empty. Save or scan it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” is neither a picture nor ink that can be read. Use PNG, JPEG, TIFF, BMP, WebP, PDF or InkML.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” is damaged or cut short. Save, scan or copy it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” is protected by a password. Save it without the password first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” has more than {limit} million pixels. Scale it down, or cut it into parts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” holds no ink. Write something in the program that made it, and save it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” uses what Glyphpad does not read: {what}. Save it in another way in the program that made it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The history of past pads was damaged, and now lies aside as “{name}”. A new one has begun, with what could still be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The history of past pads, “{name}”, was made by a later version of Glyphpad, so this pad is not being kept. Use that version, or save the ink yourself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pad cannot be kept in “{name}” at present. Your ink is still here. Make room on the disk, or save the ink in another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model “{model}” lacks its file “{file}”. Choose another model, or install Glyphpad again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file “{file}” of the model “{model}” is not the one it was shipped with. Choose another model, or install Glyphpad again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file “{file}” of the model “{model}” is not for this version of Glyphpad. Choose another model, or install Glyphpad again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file “{file}” of the model “{model}” could not be loaded. Choose another model or engine, or install Glyphpad again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
