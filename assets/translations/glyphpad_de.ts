<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>CandidateChart</name>
    <message>
        <source>Candidates</source>
        <translation>Kandidaten</translation>
    </message>
    <message>
        <source>What the character may be, and how likely each is</source>
        <translation>Was das Zeichen sein kann und wie wahrscheinlich es jeweils ist</translation>
    </message>
</context>
<context>
    <name>CandidatePopup</name>
    <message>
        <source>Candidates</source>
        <translation>Kandidaten</translation>
    </message>
    <message>
        <source>What stands here</source>
        <translation>Was hier steht</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Tippen</translation>
    </message>
    <message>
        <source>Type what stands here, one sign or several, and press Enter</source>
        <translation>Eintippen, was hier steht, ein Zeichen oder mehrere, und die Eingabetaste drücken</translation>
    </message>
    <message>
        <source>{sign}, {percent}</source>
        <translation>{sign}, {percent}</translation>
    </message>
    <message>
        <source>{sign}, {percent} (Alt+{number})</source>
        <translation>{sign}, {percent} (Alt+{number})</translation>
    </message>
</context>
<context>
    <name>Choices</name>
    <message>
        <source>One character</source>
        <translation>Ein Zeichen</translation>
    </message>
    <message>
        <source>Several characters</source>
        <translation>Mehrere Zeichen</translation>
    </message>
    <message>
        <source>Loading {model}…</source>
        <translation>{model} wird geladen…</translation>
    </message>
    <message>
        <source>Ready: {model}, {engine}</source>
        <translation>Bereit: {model}, {engine}</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>Kein Modell</translation>
    </message>
    <message>
        <source>Write a letter, a digit or a sign here</source>
        <translation>Schreiben Sie hier einen Buchstaben, eine Ziffer oder ein anderes Zeichen</translation>
    </message>
    <message>
        <source>Write here</source>
        <translation>Schreiben Sie hier</translation>
    </message>
    <message>
        <source>Digits</source>
        <translation>Ziffern</translation>
    </message>
    <message>
        <source>Letters and digits</source>
        <translation>Buchstaben und Ziffern</translation>
    </message>
    <message>
        <source>Letters and digits, case where it shows</source>
        <translation>Buchstaben und Ziffern, Groß/Klein wo sichtbar</translation>
    </message>
    <message>
        <source>Letters by case, and digits</source>
        <translation>Groß- und Kleinbuchstaben, Ziffern</translation>
    </message>
    <message>
        <source>All printable signs</source>
        <translation>Alle druckbaren Zeichen</translation>
    </message>
</context>
<context>
    <name>DoubtModel</name>
    <message>
        <source>{sign}, no character?</source>
        <translation>{sign}, kein Zeichen?</translation>
    </message>
    <message>
        <source>{sign}, {percent}</source>
        <translation>{sign}, {percent}</translation>
    </message>
    <message>
        <source>Alt+{number}: {sign}</source>
        <translation>Alt+{number}: {sign}</translation>
    </message>
</context>
<context>
    <name>DoubtfulList</name>
    <message>
        <source>In doubt: {count}</source>
        <translation>Zweifelhaft: {count}</translation>
    </message>
    <message>
        <source>Nothing is in doubt</source>
        <translation>Nichts ist zweifelhaft</translation>
    </message>
    <message>
        <source>Worst first</source>
        <translation>Unsicherste zuerst</translation>
    </message>
    <message>
        <source>As they stand on the page</source>
        <translation>Wie auf der Seite</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>In which order to go through what is in doubt</source>
        <translation>In welcher Reihenfolge das Zweifelhafte durchgegangen wird</translation>
    </message>
    <message>
        <source>Characters in doubt</source>
        <translation>Zweifelhafte Zeichen</translation>
    </message>
    <message>
        <source>Type what stands there. Enter: as it was read. Alt+1 to Alt+5: a candidate. Delete: no character. Arrow keys: go on, and back.</source>
        <translation>Eintippen, was dort steht. Eingabetaste: wie gelesen. Alt+1 bis Alt+5: ein Kandidat. Entf: kein Zeichen. Pfeiltasten: weiter und zurück.</translation>
    </message>
    <message>
        <source>What stands there</source>
        <translation>Was dort steht</translation>
    </message>
    <message>
        <source>Several signs</source>
        <translation>Mehrere Zeichen</translation>
    </message>
    <message>
        <source>Where several signs were taken for one: type them, then Enter</source>
        <translation>Wo mehrere Zeichen für eines gehalten wurden: eintippen, dann Eingabetaste</translation>
    </message>
</context>
<context>
    <name>Faults</name>
    <message>
        <source>Something went wrong</source>
        <translation>Etwas ist schiefgegangen</translation>
    </message>
    <message>
        <source>A fault in Glyphpad stopped what it was doing. Your ink is still here. The details are in {log}.</source>
        <translation>Ein Fehler in Glyphpad hat den Vorgang abgebrochen. Ihre Tinte ist noch da. Einzelheiten stehen in {log}.</translation>
    </message>
</context>
<context>
    <name>Filmstrip</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>The picture as it came.</source>
        <translation>Das Bild, wie es kam.</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>Colours are left out: what matters is where it is darker.</source>
        <translation>Farben werden weggelassen: Es zählt, wo es dunkler ist.</translation>
    </message>
    <message>
        <source>Straight</source>
        <translation>Gerade</translation>
    </message>
    <message>
        <source>The page is found, made flat and turned upright.</source>
        <translation>Die Seite wird gefunden, geglättet und aufrecht gedreht.</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Licht</translation>
    </message>
    <message>
        <source>Shadows go: each place is compared with the paper around it.</source>
        <translation>Schatten verschwinden: Jede Stelle wird mit dem Papier ringsum verglichen.</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Papier</translation>
    </message>
    <message>
        <source>The paper&apos;s grain and what shines through from its back are taken out.</source>
        <translation>Die Körnung des Papiers und was von der Rückseite durchscheint werden entfernt.</translation>
    </message>
    <message>
        <source>Ink</source>
        <translation>Tinte</translation>
    </message>
    <message>
        <source>Every pixel is ink or paper, as it is darker or lighter than a limit.</source>
        <translation>Jedes Pixel ist Tinte oder Papier, je nachdem, ob es dunkler oder heller als eine Grenze ist.</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Linien</translation>
    </message>
    <message>
        <source>Ruled lines and boxes go; letters that cross them stay whole.</source>
        <translation>Linien und Kästchen verschwinden; Buchstaben, die sie kreuzen, bleiben ganz.</translation>
    </message>
    <message>
        <source>Specks</source>
        <translation>Flecken</translation>
    </message>
    <message>
        <source>Spots that are too small for a pen are dropped.</source>
        <translation>Punkte, die für einen Stift zu klein sind, fallen weg.</translation>
    </message>
    <message>
        <source>Healed</source>
        <translation>Lücken</translation>
    </message>
    <message>
        <source>Strokes that were broken are joined again across small gaps.</source>
        <translation>Unterbrochene Striche werden über kleine Lücken hinweg wieder verbunden.</translation>
    </message>
    <message>
        <source>{stage}, large</source>
        <translation>{stage}, groß</translation>
    </message>
    <message>
        <source>On</source>
        <translation>An</translation>
    </message>
    <message>
        <source>Step: {stage}</source>
        <translation>Schritt: {stage}</translation>
    </message>
</context>
<context>
    <name>HistoryWindow</name>
    <message>
        <source>Past pads</source>
        <translation>Frühere Blöcke</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>&amp;Öffnen</translation>
    </message>
    <message>
        <source>Put this pad before you again (Enter)</source>
        <translation>Diesen Block wieder vorlegen (Eingabetaste)</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>&amp;Löschen…</translation>
    </message>
    <message>
        <source>Delete this pad for good (Delete)</source>
        <translation>Diesen Block endgültig löschen (Entf)</translation>
    </message>
    <message>
        <source>Delete a pad</source>
        <translation>Block löschen</translation>
    </message>
    <message>
        <source>Delete this pad for good? It cannot be brought back.</source>
        <translation>Diesen Block endgültig löschen? Er lässt sich nicht wiederherstellen.</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>Pads: {count}</source>
        <translation>Blöcke: {count}</translation>
    </message>
    <message>
        <source>No past pad holds these words</source>
        <translation>Kein früherer Block enthält diese Wörter</translation>
    </message>
    <message>
        <source>There are no past pads yet</source>
        <translation>Es gibt noch keine früheren Blöcke</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Search past pads</source>
        <translation>Frühere Blöcke durchsuchen</translation>
    </message>
    <message>
        <source>Words, or parts of words, that a pad&apos;s text holds</source>
        <translation>Wörter oder Wortteile, die im Text eines Blocks vorkommen</translation>
    </message>
    <message>
        <source>Past pads, the newest first</source>
        <translation>Frühere Blöcke, die neuesten zuerst</translation>
    </message>
</context>
<context>
    <name>Incoming</name>
    <message>
        <source>Open pictures or ink</source>
        <translation>Bilder oder Tinte öffnen</translation>
    </message>
    <message>
        <source>Open a folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>There is no picture to paste. Copy one first.</source>
        <translation>Es gibt kein Bild zum Einfügen. Kopieren Sie zuerst eines.</translation>
    </message>
    <message>
        <source>Ink</source>
        <translation>Tinte</translation>
    </message>
    <message>
        <source>Pictures and ink</source>
        <translation>Bilder und Tinte</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>&amp;Dismiss</source>
        <translation>A&amp;usblenden</translation>
    </message>
    <message>
        <source>Notice: {text}</source>
        <translation>Hinweis: {text}</translation>
    </message>
</context>
<context>
    <name>Outgoing</name>
    <message>
        <source>Save ink</source>
        <translation>Tinte speichern</translation>
    </message>
    <message>
        <source>Ink</source>
        <translation>Tinte</translation>
    </message>
    <message>
        <source>PDF with the text</source>
        <translation>PDF mit dem Text</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Drawing</source>
        <translation>Zeichnung</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copied {text}</source>
        <translation>{text} kopiert</translation>
    </message>
    <message>
        <source>Saved {name}</source>
        <translation>{name} gespeichert</translation>
    </message>
</context>
<context>
    <name>Pad</name>
    <message>
        <source>draw</source>
        <translation>(Zeichnen)</translation>
    </message>
    <message>
        <source>open ink</source>
        <translation>(Tinte öffnen)</translation>
    </message>
    <message>
        <source>clear</source>
        <translation>(Leeren)</translation>
    </message>
    <message>
        <source>erase</source>
        <translation>(Radieren)</translation>
    </message>
</context>
<context>
    <name>PadCorrector</name>
    <message>
        <source>correct</source>
        <translation>(Berichtigen)</translation>
    </message>
    <message>
        <source>join</source>
        <translation>(Verbinden)</translation>
    </message>
    <message>
        <source>split</source>
        <translation>(Teilen)</translation>
    </message>
    <message>
        <source>read again</source>
        <translation>(Neu lesen)</translation>
    </message>
    <message>
        <source>delete character</source>
        <translation>(Zeichen löschen)</translation>
    </message>
    <message>
        <source>strike through</source>
        <translation>(Durchstreichen)</translation>
    </message>
</context>
<context>
    <name>PadModel</name>
    <message>
        <source>No text was read</source>
        <translation>Es wurde kein Text gelesen</translation>
    </message>
    <message>
        <source>{text}, written {date}, strokes: {count}</source>
        <translation>{text}, geschrieben {date}, Striche: {count}</translation>
    </message>
    <message>
        <source>No text</source>
        <translation>Kein Text</translation>
    </message>
</context>
<context>
    <name>PageActions</name>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Close pa&amp;ge</source>
        <translation>Seite s&amp;chließen</translation>
    </message>
    <message>
        <source>Take this page off the list; its file stays</source>
        <translation>Diese Seite aus der Liste nehmen; ihre Datei bleibt</translation>
    </message>
    <message>
        <source>Close a&amp;ll pages</source>
        <translation>Alle Seiten sc&amp;hließen</translation>
    </message>
    <message>
        <source>Take all pages off the list, and go back to the pad</source>
        <translation>Alle Seiten aus der Liste nehmen und zum Block zurückkehren</translation>
    </message>
    <message>
        <source>Export &amp;all pages…</source>
        <translation>Alle Sei&amp;ten exportieren…</translation>
    </message>
    <message>
        <source>Save what stands on all pages that are open, for other programs</source>
        <translation>Speichern, was auf allen geöffneten Seiten steht, für andere Programme</translation>
    </message>
    <message>
        <source>&amp;List of pages</source>
        <translation>Seiten&amp;liste</translation>
    </message>
    <message>
        <source>Show the pages that are open</source>
        <translation>Die geöffneten Seiten zeigen</translation>
    </message>
    <message>
        <source>Read a pa&amp;rt</source>
        <translation>&amp;Ausschnitt lesen</translation>
    </message>
    <message>
        <source>Draw a box on the picture: just what is in it is read; Escape reads it all</source>
        <translation>Einen Rahmen auf das Bild ziehen: Nur was darin steht, wird gelesen; mit Esc wird wieder alles gelesen</translation>
    </message>
    <message>
        <source>&amp;Boxes</source>
        <translation>&amp;Rahmen</translation>
    </message>
    <message>
        <source>Show a box on each character</source>
        <translation>Um jedes Zeichen einen Rahmen zeigen</translation>
    </message>
    <message>
        <source>&amp;Cleaning</source>
        <translation>R&amp;einigung</translation>
    </message>
    <message>
        <source>Show what each step of the cleaning does, and switch steps on and off</source>
        <translation>Zeigen, was jeder Schritt der Reinigung bewirkt, und Schritte ein- und ausschalten</translation>
    </message>
    <message>
        <source>In &amp;doubt</source>
        <translation>&amp;Zweifelhaftes</translation>
    </message>
    <message>
        <source>Go through what was read in doubt, one by one</source>
        <translation>Was zweifelhaft gelesen wurde, der Reihe nach durchgehen</translation>
    </message>
    <message>
        <source>Page &amp;width</source>
        <translation>Sei&amp;tenbreite</translation>
    </message>
    <message>
        <source>Show the page as wide as there is room</source>
        <translation>Die Seite so breit zeigen, wie Platz ist</translation>
    </message>
    <message>
        <source>Pi&amp;xel by pixel</source>
        <translation>Pi&amp;xel für Pixel</translation>
    </message>
    <message>
        <source>Show a pixel of the picture as a pixel of the display</source>
        <translation>Ein Pixel des Bildes als ein Pixel des Bildschirms zeigen</translation>
    </message>
</context>
<context>
    <name>PageCorrector</name>
    <message>
        <source>read again</source>
        <translation>(Neu lesen)</translation>
    </message>
    <message>
        <source>correct</source>
        <translation>(Berichtigen)</translation>
    </message>
    <message>
        <source>delete character</source>
        <translation>(Zeichen löschen)</translation>
    </message>
    <message>
        <source>join</source>
        <translation>(Verbinden)</translation>
    </message>
</context>
<context>
    <name>PageExports</name>
    <message>
        <source>No model is ready to read with. Choose one, or wait until it is loaded.</source>
        <translation>Es ist kein Modell zum Lesen bereit. Wählen Sie eines, oder warten Sie, bis es geladen ist.</translation>
    </message>
    <message>
        <source>pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Table, a row a character</source>
        <translation>Tabelle, eine Zeile je Zeichen</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>hOCR</source>
        <translation>hOCR</translation>
    </message>
    <message>
        <source>ALTO</source>
        <translation>ALTO</translation>
    </message>
    <message>
        <source>PDF with the text</source>
        <translation>PDF mit dem Text</translation>
    </message>
    <message>
        <source>Export pages</source>
        <translation>Seiten exportieren</translation>
    </message>
    <message>
        <source>Reading page {number} of {total}, {name}…</source>
        <translation>Seite {number} von {total} wird gelesen, {name}…</translation>
    </message>
    <message>
        <source>Writing {name}…</source>
        <translation>{name} wird geschrieben…</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Saved {name}</source>
        <translation>{name} gespeichert</translation>
    </message>
    <message>
        <source>These pages are not in “{name}”:</source>
        <translation>Diese Seiten fehlen in „{name}“:</translation>
    </message>
    <message>
        <source>{count} more.</source>
        <translation>{count} weitere.</translation>
    </message>
    <message>
        <source>A fault in Glyphpad stopped its reading.</source>
        <translation>Ein Fehler in Glyphpad hat das Lesen abgebrochen.</translation>
    </message>
    <message>
        <source>Page {page} of {pages}: {why}</source>
        <translation>Seite {page} von {pages}: {why}</translation>
    </message>
</context>
<context>
    <name>PageList</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>The pages that are open</source>
        <translation>Die geöffneten Seiten</translation>
    </message>
</context>
<context>
    <name>PageModel</name>
    <message>
        <source>{page} · {name}</source>
        <translation>{page} · {name}</translation>
    </message>
    <message>
        <source>{name}, page {page}, damaged</source>
        <translation>{name}, Seite {page}, beschädigt</translation>
    </message>
    <message>
        <source>{name}, page {page} of {pages}</source>
        <translation>{name}, Seite {page} von {pages}</translation>
    </message>
</context>
<context>
    <name>PageView</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>{sign}, {n} of {count}</source>
        <translation>{sign}, {n} von {count}</translation>
    </message>
    <message>
        <source>{sign}, as you said</source>
        <translation>{sign}, wie von Ihnen angegeben</translation>
    </message>
    <message>
        <source>{sign}, perhaps no character</source>
        <translation>{sign}, vielleicht kein Zeichen</translation>
    </message>
    <message>
        <source>{sign}, {percent} sure</source>
        <translation>{sign}, zu {percent} sicher</translation>
    </message>
    <message>
        <source>{percent} sure or more</source>
        <translation>zu {percent} oder mehr sicher</translation>
    </message>
    <message>
        <source>less sure, or perhaps no character</source>
        <translation>weniger sicher oder vielleicht kein Zeichen</translation>
    </message>
    <message>
        <source>Dashed: in doubt, worth a look</source>
        <translation>Gestrichelt: zweifelhaft, einen Blick wert</translation>
    </message>
</context>
<context>
    <name>Parting</name>
    <message>
        <source>Close without the ink?</source>
        <translation>Ohne die Tinte schließen?</translation>
    </message>
    <message>
        <source>What you wrote cannot be kept at present, and closing the window now would lose it. Save the ink in another folder, or on another disk.</source>
        <translation>Was Sie geschrieben haben, lässt sich zurzeit nicht aufbewahren und ginge verloren, wenn Sie das Fenster jetzt schließen. Speichern Sie die Tinte in einem anderen Ordner oder auf einem anderen Datenträger.</translation>
    </message>
    <message>
        <source>&amp;Save ink…</source>
        <translation>Tinte &amp;speichern…</translation>
    </message>
    <message>
        <source>&amp;Close anyway</source>
        <translation>Trotzdem s&amp;chließen</translation>
    </message>
</context>
<context>
    <name>Program</name>
    <message>
        <source>About Glyphpad</source>
        <translation>Über Glyphpad</translation>
    </message>
    <message>
        <source>Glyphpad {version}. Write by hand, get text: on your own machine, without a network. MIT licence.</source>
        <translation>Glyphpad {version}. Von Hand schreiben, Text erhalten: auf dem eigenen Rechner, ohne Netz. MIT-Lizenz.</translation>
    </message>
</context>
<context>
    <name>ResultPanel</name>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>What was read</source>
        <translation>Was gelesen wurde</translation>
    </message>
    <message>
        <source>Nothing here</source>
        <translation>Hier steht nichts</translation>
    </message>
    <message>
        <source>{sign}, as you said</source>
        <translation>{sign}, wie von Ihnen angegeben</translation>
    </message>
    <message>
        <source>Perhaps no character</source>
        <translation>Vielleicht kein Zeichen</translation>
    </message>
    <message>
        <source>{sign}, {percent} sure</source>
        <translation>{sign}, zu {percent} sicher</translation>
    </message>
    <message>
        <source>Result: {text}</source>
        <translation>Ergebnis: {text}</translation>
    </message>
    <message>
        <source>Put right</source>
        <translation>Berichtigen</translation>
    </message>
    <message>
        <source>What stands at the selected place: a sign, or several; Enter puts it right</source>
        <translation>Was an der ausgewählten Stelle steht: ein Zeichen oder mehrere; die Eingabetaste berichtigt es</translation>
    </message>
    <message>
        <source>Put &amp;right</source>
        <translation>Be&amp;richtigen</translation>
    </message>
</context>
<context>
    <name>Selection</name>
    <message>
        <source>move ink</source>
        <translation>(Tinte verschieben)</translation>
    </message>
    <message>
        <source>delete ink</source>
        <translation>(Tinte löschen)</translation>
    </message>
    <message>
        <source>paste ink</source>
        <translation>(Tinte einfügen)</translation>
    </message>
</context>
<context>
    <name>SettingsWindow</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Groups of settings</source>
        <translation>Gruppen von Einstellungen</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Lesen</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>How broad the pen writes</source>
        <translation>Wie breit der Stift schreibt</translation>
    </message>
    <message>
        <source>What the pen writes in</source>
        <translation>In welcher Farbe der Stift schreibt</translation>
    </message>
    <message>
        <source>What the marker marks in</source>
        <translation>In welcher Farbe der Marker markiert</translation>
    </message>
    <message>
        <source>Pen &amp;width</source>
        <translation>Stift&amp;breite</translation>
    </message>
    <message>
        <source>Pen &amp;colour</source>
        <translation>Stift&amp;farbe</translation>
    </message>
    <message>
        <source>&amp;Marker colour</source>
        <translation>&amp;Markerfarbe</translation>
    </message>
    <message>
        <source>What runs the model</source>
        <translation>Womit das Modell läuft</translation>
    </message>
    <message>
        <source>&amp;Alphabet</source>
        <translation>&amp;Alphabet</translation>
    </message>
    <message>
        <source>On the &amp;pad</source>
        <translation>Auf dem &amp;Block</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>&amp;Modell</translation>
    </message>
    <message>
        <source>&amp;Engine</source>
        <translation>&amp;Engine</translation>
    </message>
    <message>
        <source>Which colours the program has</source>
        <translation>Welche Farben das Programm hat</translation>
    </message>
    <message>
        <source>Another language shows when Glyphpad is started again.</source>
        <translation>Eine andere Sprache erscheint beim nächsten Start von Glyphpad.</translation>
    </message>
    <message>
        <source>Which language the program speaks</source>
        <translation>Welche Sprache das Programm spricht</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
</context>
<context>
    <name>Showing</name>
    <message>
        <source>{model} · {engine} · {ms} ms</source>
        <translation>{model} · {engine} · {ms}&#xa0;ms</translation>
    </message>
</context>
<context>
    <name>Telling</name>
    <message>
        <source>Opening {name}…</source>
        <translation>{name} wird geöffnet…</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Reading {name}…</source>
        <translation>{name} wird gelesen…</translation>
    </message>
    <message>
        <source>Not opened either: {count} more.</source>
        <translation>Ebenfalls nicht geöffnet: {count} weitere.</translation>
    </message>
    <message>
        <source>Not opened</source>
        <translation>Nicht geöffnet</translation>
    </message>
    <message>
        <source>{name}, page {page} of {pages}</source>
        <translation>{name}, Seite {page} von {pages}</translation>
    </message>
</context>
<context>
    <name>TileView</name>
    <message>
        <source>The character as the model sees it</source>
        <translation>Das Zeichen, wie das Modell es sieht</translation>
    </message>
    <message>
        <source>The character as the model sees it: cropped, scaled and centred</source>
        <translation>Das Zeichen, wie das Modell es sieht: zugeschnitten, skaliert und zentriert</translation>
    </message>
</context>
<context>
    <name>ToolActions</name>
    <message>
        <source>&amp;Only the pen writes</source>
        <translation>&amp;Nur der Stift schreibt</translation>
    </message>
    <message>
        <source>Fingers and the palm move the page; pen and mouse write</source>
        <translation>Finger und Handballen bewegen die Seite; Stift und Maus schreiben</translation>
    </message>
    <message>
        <source>&amp;Guide lines</source>
        <translation>&amp;Schreiblinien</translation>
    </message>
    <message>
        <source>Show lines that tell small letters from capitals by their height</source>
        <translation>Linien zeigen, an denen sich kleine und große Buchstaben nach der Höhe unterscheiden lassen</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <source>Enlarge the pad</source>
        <translation>Den Block größer zeigen</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>Reduce the pad</source>
        <translation>Den Block kleiner zeigen</translation>
    </message>
    <message>
        <source>&amp;Actual size</source>
        <translation>&amp;Originalgröße</translation>
    </message>
    <message>
        <source>Show the pad as it was at first</source>
        <translation>Den Block wieder wie am Anfang zeigen</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>&amp;Werkzeuge</translation>
    </message>
    <message>
        <source>Pens</source>
        <translation>Stifte</translation>
    </message>
    <message>
        <source>Colour and width</source>
        <translation>Farbe und Breite</translation>
    </message>
    <message>
        <source>What pen and marker look like</source>
        <translation>Wie Stift und Marker aussehen</translation>
    </message>
    <message>
        <source>Pen &amp;colour</source>
        <translation>Stif&amp;tfarbe</translation>
    </message>
    <message>
        <source>M&amp;arker colour</source>
        <translation>Mar&amp;kerfarbe</translation>
    </message>
    <message>
        <source>Pen &amp;width</source>
        <translation>Stift&amp;breite</translation>
    </message>
    <message>
        <source>Cu&amp;t ink</source>
        <translation>Tinte &amp;ausschneiden</translation>
    </message>
    <message>
        <source>Cut the selected ink</source>
        <translation>Die ausgewählte Tinte ausschneiden</translation>
    </message>
    <message>
        <source>Copy i&amp;nk</source>
        <translation>Tinte &amp;kopieren</translation>
    </message>
    <message>
        <source>Copy the selected ink, also as a picture</source>
        <translation>Die ausgewählte Tinte kopieren, auch als Bild</translation>
    </message>
    <message>
        <source>&amp;Delete ink</source>
        <translation>Tinte lö&amp;schen</translation>
    </message>
    <message>
        <source>Take the selected ink off the pad</source>
        <translation>Die ausgewählte Tinte vom Block nehmen</translation>
    </message>
    <message>
        <source>Select &amp;all ink</source>
        <translation>Gan&amp;ze Tinte auswählen</translation>
    </message>
    <message>
        <source>Select all ink on the pad</source>
        <translation>Die ganze Tinte auf dem Block auswählen</translation>
    </message>
    <message>
        <source>&amp;Pen</source>
        <translation>&amp;Stift</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>&amp;Marker</source>
        <translation>&amp;Marker</translation>
    </message>
    <message>
        <source>Mark with a broad, translucent line</source>
        <translation>Mit einer breiten, durchscheinenden Linie markieren</translation>
    </message>
    <message>
        <source>&amp;Eraser</source>
        <translation>&amp;Radierer</translation>
    </message>
    <message>
        <source>Erase whole strokes</source>
        <translation>Ganze Striche radieren</translation>
    </message>
    <message>
        <source>&amp;Rub out</source>
        <translation>&amp;Flächenradierer</translation>
    </message>
    <message>
        <source>Erase what the eraser passes over, and no more</source>
        <translation>Nur radieren, worüber der Radierer fährt</translation>
    </message>
    <message>
        <source>&amp;Select</source>
        <translation>&amp;Auswählen</translation>
    </message>
    <message>
        <source>Draw around ink to move, scale, copy or delete it</source>
        <translation>Tinte umfahren, um sie zu verschieben, zu skalieren, zu kopieren oder zu löschen</translation>
    </message>
    <message>
        <source>As &amp;text</source>
        <translation>Wie &amp;Text</translation>
    </message>
    <message>
        <source>&amp;Blue</source>
        <translation>&amp;Blau</translation>
    </message>
    <message>
        <source>&amp;Red</source>
        <translation>&amp;Rot</translation>
    </message>
    <message>
        <source>&amp;Green</source>
        <translation>&amp;Grün</translation>
    </message>
    <message>
        <source>&amp;Orange</source>
        <translation>&amp;Orange</translation>
    </message>
    <message>
        <source>&amp;Purple</source>
        <translation>&amp;Violett</translation>
    </message>
    <message>
        <source>&amp;Yellow</source>
        <translation>Ge&amp;lb</translation>
    </message>
    <message>
        <source>Pin&amp;k</source>
        <translation>Ros&amp;a</translation>
    </message>
    <message>
        <source>&amp;Fine</source>
        <translation>&amp;Fein</translation>
    </message>
    <message>
        <source>&amp;Medium</source>
        <translation>&amp;Mittel</translation>
    </message>
    <message>
        <source>&amp;Broad</source>
        <translation>&amp;Breit</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Glyphpad</source>
        <translation>Glyphpad</translation>
    </message>
    <message>
        <source>Pad</source>
        <translation>Block</translation>
    </message>
    <message>
        <source>Draw with the left button, erase with the right one</source>
        <translation>Mit der linken Taste schreiben, mit der rechten radieren</translation>
    </message>
    <message>
        <source>Alphabet</source>
        <translation>Alphabet</translation>
    </message>
    <message>
        <source>What may be read</source>
        <translation>Was gelesen werden kann</translation>
    </message>
    <message>
        <source>On the pad</source>
        <translation>Auf dem Block</translation>
    </message>
    <message>
        <source>What is written on the pad</source>
        <translation>Was auf dem Block geschrieben wird</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Which model reads</source>
        <translation>Welches Modell liest</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>Beschäftigt</translation>
    </message>
    <message>
        <source>Write on the pad with the mouse, a pen or a finger. The text stands on the right; click a sign that is wrong, and choose another. {open} opens pictures of handwriting. Nothing leaves this computer.</source>
        <translation>Schreiben Sie mit der Maus, einem Stift oder dem Finger auf den Block. Der Text steht rechts; klicken Sie auf ein falsches Zeichen, und wählen Sie ein anderes. {open} öffnet Bilder von Handschrift. Nichts verlässt diesen Rechner.</translation>
    </message>
    <message>
        <source>Characters that were read: {n}</source>
        <translation>Gelesene Zeichen: {n}</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>C&amp;lear</source>
        <translation>&amp;Leeren</translation>
    </message>
    <message>
        <source>Take all ink off the pad</source>
        <translation>Die ganze Tinte vom Block nehmen</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>&amp;Öffnen…</translation>
    </message>
    <message>
        <source>Open pictures or ink</source>
        <translation>Bilder oder Tinte öffnen</translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation>O&amp;rdner öffnen…</translation>
    </message>
    <message>
        <source>Open all pictures and ink in a folder</source>
        <translation>Alle Bilder und Tinte in einem Ordner öffnen</translation>
    </message>
    <message>
        <source>&amp;Save ink…</source>
        <translation>Tinte &amp;speichern…</translation>
    </message>
    <message>
        <source>Save the pad as InkML</source>
        <translation>Den Block als InkML speichern</translation>
    </message>
    <message>
        <source>Past &amp;pads…</source>
        <translation>Frühere B&amp;löcke…</translation>
    </message>
    <message>
        <source>Find and open what was written before</source>
        <translation>Früher Geschriebenes suchen und öffnen</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren…</translation>
    </message>
    <message>
        <source>Copy each new &amp;word</source>
        <translation>Jedes neue W&amp;ort kopieren</translation>
    </message>
    <message>
        <source>Put each word on the clipboard when it is written</source>
        <translation>Jedes Wort in die Zwischenablage legen, sobald es geschrieben ist</translation>
    </message>
    <message>
        <source>Copy as p&amp;icture</source>
        <translation>Als &amp;Bild kopieren</translation>
    </message>
    <message>
        <source>Copy all ink on the pad, as a picture and as ink</source>
        <translation>Die ganze Tinte auf dem Block kopieren, als Bild und als Tinte</translation>
    </message>
    <message>
        <source>&amp;Paste picture</source>
        <translation>Bild &amp;einfügen</translation>
    </message>
    <message>
        <source>Read the picture on the clipboard</source>
        <translation>Das Bild in der Zwischenablage lesen</translation>
    </message>
    <message>
        <source>&amp;Copy text</source>
        <translation>&amp;Text kopieren</translation>
    </message>
    <message>
        <source>Copy what was read</source>
        <translation>Kopieren, was gelesen wurde</translation>
    </message>
    <message>
        <source>&amp;Pad</source>
        <translation>&amp;Block</translation>
    </message>
    <message>
        <source>Go back to the pad</source>
        <translation>Zum Block zurückkehren</translation>
    </message>
    <message>
        <source>&amp;Next page</source>
        <translation>&amp;Nächste Seite</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>Nächste Seite</translation>
    </message>
    <message>
        <source>P&amp;revious page</source>
        <translation>&amp;Vorherige Seite</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>Vorherige Seite</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Ctrl+Q</source>
        <translation>Ctrl+Q</translation>
    </message>
    <message>
        <source>Save the pad, or what was read on the page, for other programs</source>
        <translation>Den Block, oder was auf der Seite gelesen wurde, für andere Programme speichern</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <source>Give up what is being opened, read or exported</source>
        <translation>Abbrechen, was gerade geöffnet, gelesen oder exportiert wird</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;High contrast</source>
        <translation>Hoher &amp;Kontrast</translation>
    </message>
    <message>
        <source>&amp;Automatic</source>
        <translation>&amp;Automatisch</translation>
    </message>
    <message>
        <source>&amp;LiteRT</source>
        <translation>&amp;LiteRT</translation>
    </message>
    <message>
        <source>&amp;Keras</source>
        <translation>&amp;Keras</translation>
    </message>
    <message>
        <source>S&amp;ettings…</source>
        <translation>E&amp;instellungen…</translation>
    </message>
    <message>
        <source>Change the settings</source>
        <translation>Die Einstellungen ändern</translation>
    </message>
    <message>
        <source>&amp;First steps</source>
        <translation>&amp;Erste Schritte</translation>
    </message>
    <message>
        <source>Show the hint again</source>
        <translation>Den Hinweis noch einmal zeigen</translation>
    </message>
    <message>
        <source>&amp;About Glyphpad</source>
        <translation>&amp;Über Glyphpad</translation>
    </message>
    <message>
        <source>Which version this is</source>
        <translation>Welche Version dies ist</translation>
    </message>
    <message>
        <source>&amp;Join with the next</source>
        <translation>Mit dem nächsten ver&amp;binden</translation>
    </message>
    <message>
        <source>The selected character and the next one are one</source>
        <translation>Das ausgewählte Zeichen und das nächste sind ein einziges</translation>
    </message>
    <message>
        <source>&amp;Split</source>
        <translation>&amp;Teilen</translation>
    </message>
    <message>
        <source>The selected character is two</source>
        <translation>Das ausgewählte Zeichen besteht aus zweien</translation>
    </message>
    <message>
        <source>&amp;Read again</source>
        <translation>Neu &amp;lesen</translation>
    </message>
    <message>
        <source>Forget what was put right about the selected character</source>
        <translation>Vergessen, was am ausgewählten Zeichen berichtigt wurde</translation>
    </message>
    <message>
        <source>&amp;Delete character</source>
        <translation>Zeichen lö&amp;schen</translation>
    </message>
    <message>
        <source>Take the ink of the selected character off the pad</source>
        <translation>Die Tinte des ausgewählten Zeichens vom Block nehmen</translation>
    </message>
    <message>
        <source>&amp;Next character</source>
        <translation>&amp;Nächstes Zeichen</translation>
    </message>
    <message>
        <source>Select the next character</source>
        <translation>Das nächste Zeichen auswählen</translation>
    </message>
    <message>
        <source>&amp;Previous character</source>
        <translation>&amp;Voriges Zeichen</translation>
    </message>
    <message>
        <source>Select the character before</source>
        <translation>Das Zeichen davor auswählen</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>E&amp;ngine</source>
        <translation>E&amp;ngine</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Character</source>
        <translation>&amp;Zeichen</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>In doubt</source>
        <translation>Zweifelhaft</translation>
    </message>
    <message>
        <source>What was read</source>
        <translation>Was gelesen wurde</translation>
    </message>
    <message>
        <source>&amp;Alphabet</source>
        <translation>Al&amp;phabet</translation>
    </message>
    <message>
        <source>On the &amp;pad</source>
        <translation>Auf dem B&amp;lock</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>&amp;Modell</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>There is no file “{name}”. Check the name and the folder.</source>
        <translation>Es gibt keine Datei „{name}“. Prüfen Sie den Namen und den Ordner.</translation>
    </message>
    <message>
        <source>“{name}” may not be read. Check its permissions, or copy it to a folder of your own.</source>
        <translation>„{name}“ darf nicht gelesen werden. Prüfen Sie die Zugriffsrechte, oder kopieren Sie die Datei in einen eigenen Ordner.</translation>
    </message>
    <message>
        <source>“{name}” could not be written. Choose another folder, or make room on the disk.</source>
        <translation>„{name}“ konnte nicht geschrieben werden. Wählen Sie einen anderen Ordner, oder schaffen Sie Platz auf dem Datenträger.</translation>
    </message>
    <message>
        <source>“{name}” is larger than can be read. Save it in parts.</source>
        <translation>„{name}“ ist zu groß, um gelesen zu werden. Speichern Sie die Datei in Teilen.</translation>
    </message>
    <message>
        <source>“{name}” holds more ink than can be opened. Save it in parts.</source>
        <translation>„{name}“ enthält mehr Tinte, als geöffnet werden kann. Speichern Sie die Datei in Teilen.</translation>
    </message>
    <message>
        <source>“{name}” is empty. Save or scan it again.</source>
        <translation>„{name}“ ist leer. Speichern oder scannen Sie die Datei noch einmal.</translation>
    </message>
    <message>
        <source>“{name}” has changed since it was opened. Open it again.</source>
        <translation>„{name}“ hat sich seit dem Öffnen verändert. Öffnen Sie die Datei noch einmal.</translation>
    </message>
    <message>
        <source>The folder “{name}” may not be read. Check its permissions, or choose another folder.</source>
        <translation>Der Ordner „{name}“ darf nicht gelesen werden. Prüfen Sie die Zugriffsrechte, oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>The folder “{name}” holds no picture and no ink. Choose the folder that holds the files; folders within it are not looked into.</source>
        <translation>Der Ordner „{name}“ enthält weder Bilder noch Tinte. Wählen Sie den Ordner, in dem die Dateien liegen; in Unterordner wird nicht gesehen.</translation>
    </message>
    <message>
        <source>“{name}” is neither a picture nor ink that can be read. Use PNG, JPEG, TIFF, BMP, WebP, PDF or InkML.</source>
        <translation>„{name}“ ist weder ein Bild noch Tinte, die gelesen werden kann. Verwenden Sie PNG, JPEG, TIFF, BMP, WebP, PDF oder InkML.</translation>
    </message>
    <message>
        <source>“{name}” is damaged or cut short. Save, scan or copy it again.</source>
        <translation>„{name}“ ist beschädigt oder unvollständig. Speichern, scannen oder kopieren Sie die Datei noch einmal.</translation>
    </message>
    <message>
        <source>“{name}” is protected by a password. Save it without the password first.</source>
        <translation>„{name}“ ist mit einem Kennwort geschützt. Speichern Sie die Datei zuerst ohne Kennwort.</translation>
    </message>
    <message>
        <source>A page of “{name}” takes too long to draw. Save that page as a picture in the program that made it, and open the picture.</source>
        <translation>Eine Seite von „{name}“ braucht zum Zeichnen zu lange. Speichern Sie diese Seite in dem Programm, aus dem sie stammt, als Bild, und öffnen Sie das Bild.</translation>
    </message>
    <message>
        <source>“{name}” has more than {limit} million pixels. Scale it down, or cut it into parts.</source>
        <translation>„{name}“ hat mehr als {limit} Millionen Pixel. Verkleinern Sie das Bild, oder schneiden Sie es in Teile.</translation>
    </message>
    <message>
        <source>“{name}” holds no ink. Write something in the program that made it, and save it again.</source>
        <translation>„{name}“ enthält keine Tinte. Schreiben Sie etwas in dem Programm, aus dem die Datei stammt, und speichern Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>“{name}” uses what Glyphpad does not read: {what}. Save it in another way in the program that made it.</source>
        <translation>„{name}“ verwendet etwas, das Glyphpad nicht liest: {what}. Speichern Sie die Datei in dem Programm, aus dem sie stammt, auf andere Weise.</translation>
    </message>
    <message>
        <source>The history of past pads was damaged, and now lies aside as “{name}”. A new one has begun, with what could still be read.</source>
        <translation>Die Sammlung früherer Blöcke war beschädigt und liegt nun als „{name}“ beiseite. Eine neue wurde begonnen, mit allem, was noch lesbar war.</translation>
    </message>
    <message>
        <source>The history of past pads, “{name}”, was made by a later version of Glyphpad, so this pad is not being kept. Use that version, or save the ink yourself.</source>
        <translation>Die Sammlung früherer Blöcke, „{name}“, stammt aus einer neueren Version von Glyphpad; dieser Block wird deshalb nicht aufbewahrt. Verwenden Sie jene Version, oder speichern Sie die Tinte selbst.</translation>
    </message>
    <message>
        <source>The pad cannot be kept in “{name}” at present. Your ink is still here. Make room on the disk, or save the ink in another folder.</source>
        <translation>Der Block kann zurzeit nicht in „{name}“ aufbewahrt werden. Ihre Tinte ist noch da. Schaffen Sie Platz auf dem Datenträger, oder speichern Sie die Tinte in einem anderen Ordner.</translation>
    </message>
    <message>
        <source>The model “{model}” lacks its file “{file}”. Choose another model, or install Glyphpad again.</source>
        <translation>Dem Modell „{model}“ fehlt die Datei „{file}“. Wählen Sie ein anderes Modell, oder installieren Sie Glyphpad neu.</translation>
    </message>
    <message>
        <source>The file “{file}” of the model “{model}” is not the one it was shipped with. Choose another model, or install Glyphpad again.</source>
        <translation>Die Datei „{file}“ des Modells „{model}“ ist nicht die mitgelieferte. Wählen Sie ein anderes Modell, oder installieren Sie Glyphpad neu.</translation>
    </message>
    <message>
        <source>The file “{file}” of the model “{model}” is not for this version of Glyphpad. Choose another model, or install Glyphpad again.</source>
        <translation>Die Datei „{file}“ des Modells „{model}“ passt nicht zu dieser Version von Glyphpad. Wählen Sie ein anderes Modell, oder installieren Sie Glyphpad neu.</translation>
    </message>
    <message>
        <source>The file “{file}” of the model “{model}” could not be loaded. Choose another model or engine, or install Glyphpad again.</source>
        <translation>Die Datei „{file}“ des Modells „{model}“ konnte nicht geladen werden. Wählen Sie ein anderes Modell oder eine andere Engine, oder installieren Sie Glyphpad neu.</translation>
    </message>
    <message>
        <source>“{model}” cannot be run with Keras on this computer: TensorFlow needs a processor with AVX. Choose LiteRT in the menu Engine, or another model.</source>
        <translation>„{model}“ kann auf diesem Computer nicht mit Keras laufen: TensorFlow braucht einen Prozessor mit AVX. Wählen Sie im Menü Engine LiteRT, oder ein anderes Modell.</translation>
    </message>
    <message>
        <source>What you had put right on the pages of this file was damaged, and now lies aside as “{name}”. The file itself is as it was.</source>
        <translation>Was Sie auf den Seiten dieser Datei berichtigt hatten, war beschädigt und liegt nun als „{name}“ beiseite. Die Datei selbst ist, wie sie war.</translation>
    </message>
    <message>
        <source>What was put right on the pages of this file, “{name}”, was kept by a later version of Glyphpad. Use that version, or move it away.</source>
        <translation>Die Berichtigungen auf den Seiten dieser Datei, „{name}“, stammen aus einer neueren Version von Glyphpad. Verwenden Sie jene Version, oder verschieben Sie die Berichtigungen.</translation>
    </message>
    <message>
        <source>What you put right cannot be kept in “{name}” at present. Make room on the disk, or export the page.</source>
        <translation>Was Sie berichtigt haben, kann zurzeit nicht in „{name}“ aufbewahrt werden. Schaffen Sie Platz auf dem Datenträger, oder exportieren Sie die Seite.</translation>
    </message>
    <message>
        <source>This needs Keras, and this light Glyphpad comes without it. Install the complete Glyphpad instead.</source>
        <translation>Dafür ist Keras nötig, und dieses leichte Glyphpad enthält es nicht. Installieren Sie stattdessen das vollständige Glyphpad.</translation>
    </message>
</context>
</TS>
