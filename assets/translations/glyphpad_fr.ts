<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>CandidateChart</name>
    <message>
        <source>Candidates</source>
        <translation>Candidats</translation>
    </message>
    <message>
        <source>What the character may be, and how likely each is</source>
        <translation>Ce que le caractère peut être, et avec quelle probabilité</translation>
    </message>
</context>
<context>
    <name>CandidatePopup</name>
    <message>
        <source>Candidates</source>
        <translation>Candidats</translation>
    </message>
    <message>
        <source>What stands here</source>
        <translation>Ce qui est écrit ici</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Taper</translation>
    </message>
    <message>
        <source>Type what stands here, one sign or several, and press Enter</source>
        <translation>Taper ce qui est écrit ici, un signe ou plusieurs, puis appuyer sur Entrée</translation>
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
        <translation>Un caractère</translation>
    </message>
    <message>
        <source>Several characters</source>
        <translation>Plusieurs caractères</translation>
    </message>
    <message>
        <source>Loading {model}…</source>
        <translation>Chargement de {model}…</translation>
    </message>
    <message>
        <source>Ready: {model}, {engine}</source>
        <translation>Prêt&#xa0;: {model}, {engine}</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>Aucun modèle</translation>
    </message>
    <message>
        <source>Write a letter, a digit or a sign here</source>
        <translation>Écrivez ici une lettre, un chiffre ou un signe</translation>
    </message>
    <message>
        <source>Write here</source>
        <translation>Écrivez ici</translation>
    </message>
    <message>
        <source>Digits</source>
        <translation>Chiffres</translation>
    </message>
    <message>
        <source>Letters and digits</source>
        <translation>Lettres et chiffres</translation>
    </message>
    <message>
        <source>Letters and digits, case where it shows</source>
        <translation>Lettres et chiffres, casse si elle se voit</translation>
    </message>
    <message>
        <source>Letters by case, and digits</source>
        <translation>Majuscules, minuscules et chiffres</translation>
    </message>
    <message>
        <source>All printable signs</source>
        <translation>Tous les signes imprimables</translation>
    </message>
</context>
<context>
    <name>DoubtModel</name>
    <message>
        <source>{sign}, no character?</source>
        <translation>{sign}, un caractère&#x202f;?</translation>
    </message>
    <message>
        <source>{sign}, {percent}</source>
        <translation>{sign}, {percent}</translation>
    </message>
    <message>
        <source>Alt+{number}: {sign}</source>
        <translation>Alt+{number}&#xa0;: {sign}</translation>
    </message>
</context>
<context>
    <name>DoubtfulList</name>
    <message>
        <source>In doubt: {count}</source>
        <translation>Douteux&#xa0;: {count}</translation>
    </message>
    <message>
        <source>Nothing is in doubt</source>
        <translation>Rien n’est douteux</translation>
    </message>
    <message>
        <source>Worst first</source>
        <translation>Les moins sûrs d’abord</translation>
    </message>
    <message>
        <source>As they stand on the page</source>
        <translation>Comme sur la page</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Ordre</translation>
    </message>
    <message>
        <source>In which order to go through what is in doubt</source>
        <translation>L’ordre dans lequel parcourir ce qui est douteux</translation>
    </message>
    <message>
        <source>Characters in doubt</source>
        <translation>Caractères douteux</translation>
    </message>
    <message>
        <source>Type what stands there. Enter: as it was read. Alt+1 to Alt+5: a candidate. Delete: no character. Arrow keys: go on, and back.</source>
        <translation>Taper ce qui y est écrit. Entrée&#xa0;: comme lu. Alt+1 à Alt+5&#xa0;: un candidat. Suppr&#xa0;: pas un caractère. Flèches&#xa0;: avancer et reculer.</translation>
    </message>
    <message>
        <source>What stands there</source>
        <translation>Ce qui y est écrit</translation>
    </message>
    <message>
        <source>Several signs</source>
        <translation>Plusieurs signes</translation>
    </message>
    <message>
        <source>Where several signs were taken for one: type them, then Enter</source>
        <translation>Si plusieurs signes ont été pris pour un seul&#xa0;: les taper, puis Entrée</translation>
    </message>
</context>
<context>
    <name>Faults</name>
    <message>
        <source>Something went wrong</source>
        <translation>Une erreur s’est produite</translation>
    </message>
    <message>
        <source>A fault in Glyphpad stopped what it was doing. Your ink is still here. The details are in {log}.</source>
        <translation>Une erreur dans Glyphpad a interrompu l’opération. Votre encre est toujours là. Les détails se trouvent dans {log}.</translation>
    </message>
</context>
<context>
    <name>Filmstrip</name>
    <message>
        <source>Picture</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>The picture as it came.</source>
        <translation>L’image telle quelle.</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Gris</translation>
    </message>
    <message>
        <source>Colours are left out: what matters is where it is darker.</source>
        <translation>Les couleurs sont écartées&#xa0;: seul compte ce qui est plus sombre.</translation>
    </message>
    <message>
        <source>Straight</source>
        <translation>Redressée</translation>
    </message>
    <message>
        <source>The page is found, made flat and turned upright.</source>
        <translation>La page est trouvée, mise à plat et tournée à l’endroit.</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Lumière</translation>
    </message>
    <message>
        <source>Shadows go: each place is compared with the paper around it.</source>
        <translation>Les ombres disparaissent&#xa0;: chaque endroit est comparé au papier qui l’entoure.</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Papier</translation>
    </message>
    <message>
        <source>The paper&apos;s grain and what shines through from its back are taken out.</source>
        <translation>Le grain du papier et ce qui transparaît du verso sont retirés.</translation>
    </message>
    <message>
        <source>Ink</source>
        <translation>Encre</translation>
    </message>
    <message>
        <source>Every pixel is ink or paper, as it is darker or lighter than a limit.</source>
        <translation>Chaque pixel est de l’encre ou du papier, selon qu’il est plus sombre ou plus clair qu’une limite.</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Lignes</translation>
    </message>
    <message>
        <source>Ruled lines and boxes go; letters that cross them stay whole.</source>
        <translation>Les lignes et les cases imprimées disparaissent&#x202f;; les lettres qui les croisent restent entières.</translation>
    </message>
    <message>
        <source>Specks</source>
        <translation>Taches</translation>
    </message>
    <message>
        <source>Spots that are too small for a pen are dropped.</source>
        <translation>Les points trop petits pour un stylo sont écartés.</translation>
    </message>
    <message>
        <source>Healed</source>
        <translation>Coupures</translation>
    </message>
    <message>
        <source>Strokes that were broken are joined again across small gaps.</source>
        <translation>Les traits interrompus sont de nouveau joints par-dessus les petites coupures.</translation>
    </message>
    <message>
        <source>{stage}, large</source>
        <translation>{stage}, en grand</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Actif</translation>
    </message>
    <message>
        <source>Step: {stage}</source>
        <translation>Étape&#xa0;: {stage}</translation>
    </message>
</context>
<context>
    <name>HistoryWindow</name>
    <message>
        <source>Past pads</source>
        <translation>Anciens blocs</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>&amp;Ouvrir</translation>
    </message>
    <message>
        <source>Put this pad before you again (Enter)</source>
        <translation>Reprendre ce bloc (Entrée)</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>&amp;Supprimer…</translation>
    </message>
    <message>
        <source>Delete this pad for good (Delete)</source>
        <translation>Supprimer définitivement ce bloc (Suppr)</translation>
    </message>
    <message>
        <source>Delete a pad</source>
        <translation>Supprimer un bloc</translation>
    </message>
    <message>
        <source>Delete this pad for good? It cannot be brought back.</source>
        <translation>Supprimer définitivement ce bloc&#x202f;? Il ne pourra pas être récupéré.</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Supprimer</translation>
    </message>
    <message>
        <source>Pads: {count}</source>
        <translation>Blocs&#xa0;: {count}</translation>
    </message>
    <message>
        <source>No past pad holds these words</source>
        <translation>Aucun ancien bloc ne contient ces mots</translation>
    </message>
    <message>
        <source>There are no past pads yet</source>
        <translation>Il n’y a pas encore d’anciens blocs</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Recherche</translation>
    </message>
    <message>
        <source>Search past pads</source>
        <translation>Rechercher dans les anciens blocs</translation>
    </message>
    <message>
        <source>Words, or parts of words, that a pad&apos;s text holds</source>
        <translation>Mots, ou parties de mots, contenus dans le texte d’un bloc</translation>
    </message>
    <message>
        <source>Past pads, the newest first</source>
        <translation>Anciens blocs, du plus récent au plus ancien</translation>
    </message>
</context>
<context>
    <name>Incoming</name>
    <message>
        <source>Open pictures or ink</source>
        <translation>Ouvrir des images ou de l’encre</translation>
    </message>
    <message>
        <source>Open a folder</source>
        <translation>Ouvrir un dossier</translation>
    </message>
    <message>
        <source>There is no picture to paste. Copy one first.</source>
        <translation>Il n’y a pas d’image à coller. Copiez-en d’abord une.</translation>
    </message>
    <message>
        <source>Ink</source>
        <translation>Encre</translation>
    </message>
    <message>
        <source>Pictures and ink</source>
        <translation>Images et encre</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>&amp;Dismiss</source>
        <translation>Mas&amp;quer</translation>
    </message>
    <message>
        <source>Notice: {text}</source>
        <translation>Avis&#xa0;: {text}</translation>
    </message>
</context>
<context>
    <name>Outgoing</name>
    <message>
        <source>Save ink</source>
        <translation>Enregistrer l’encre</translation>
    </message>
    <message>
        <source>Ink</source>
        <translation>Encre</translation>
    </message>
    <message>
        <source>PDF with the text</source>
        <translation>PDF avec le texte</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Drawing</source>
        <translation>Dessin</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exporter</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <source>Copied {text}</source>
        <translation>{text} copié</translation>
    </message>
    <message>
        <source>Saved {name}</source>
        <translation>{name} enregistré</translation>
    </message>
</context>
<context>
    <name>Pad</name>
    <message>
        <source>draw</source>
        <translation>le tracé</translation>
    </message>
    <message>
        <source>open ink</source>
        <translation>l’ouverture de l’encre</translation>
    </message>
    <message>
        <source>clear</source>
        <translation>le vidage du bloc</translation>
    </message>
    <message>
        <source>erase</source>
        <translation>l’effacement</translation>
    </message>
</context>
<context>
    <name>PadCorrector</name>
    <message>
        <source>correct</source>
        <translation>la correction</translation>
    </message>
    <message>
        <source>join</source>
        <translation>la jonction</translation>
    </message>
    <message>
        <source>split</source>
        <translation>la division</translation>
    </message>
    <message>
        <source>read again</source>
        <translation>la relecture</translation>
    </message>
    <message>
        <source>delete character</source>
        <translation>la suppression du caractère</translation>
    </message>
    <message>
        <source>strike through</source>
        <translation>la rature</translation>
    </message>
</context>
<context>
    <name>PadModel</name>
    <message>
        <source>No text was read</source>
        <translation>Aucun texte n’a été lu</translation>
    </message>
    <message>
        <source>{text}, written {date}, strokes: {count}</source>
        <translation>{text}, écrit {date}, traits&#xa0;: {count}</translation>
    </message>
    <message>
        <source>No text</source>
        <translation>Aucun texte</translation>
    </message>
</context>
<context>
    <name>PageActions</name>
    <message>
        <source>Page</source>
        <translation>Page</translation>
    </message>
    <message>
        <source>Close pa&amp;ge</source>
        <translation>&amp;Fermer la page</translation>
    </message>
    <message>
        <source>Take this page off the list; its file stays</source>
        <translation>Retirer cette page de la liste&#x202f;; son fichier reste</translation>
    </message>
    <message>
        <source>Close a&amp;ll pages</source>
        <translation>Fermer toutes les &amp;pages</translation>
    </message>
    <message>
        <source>Take all pages off the list, and go back to the pad</source>
        <translation>Retirer toutes les pages de la liste, et revenir au bloc</translation>
    </message>
    <message>
        <source>Export &amp;all pages…</source>
        <translation>Exporter &amp;toutes les pages…</translation>
    </message>
    <message>
        <source>Save what stands on all pages that are open, for other programs</source>
        <translation>Enregistrer ce qui est écrit sur toutes les pages ouvertes, pour d’autres programmes</translation>
    </message>
    <message>
        <source>&amp;List of pages</source>
        <translation>L&amp;iste des pages</translation>
    </message>
    <message>
        <source>Show the pages that are open</source>
        <translation>Afficher les pages ouvertes</translation>
    </message>
    <message>
        <source>Read a pa&amp;rt</source>
        <translation>Lire une &amp;partie</translation>
    </message>
    <message>
        <source>Draw a box on the picture: just what is in it is read; Escape reads it all</source>
        <translation>Tracer un cadre sur l’image&#xa0;: seul son contenu est lu&#x202f;; Échap relit le tout</translation>
    </message>
    <message>
        <source>&amp;Boxes</source>
        <translation>&amp;Cadres</translation>
    </message>
    <message>
        <source>Show a box on each character</source>
        <translation>Afficher un cadre autour de chaque caractère</translation>
    </message>
    <message>
        <source>&amp;Cleaning</source>
        <translation>&amp;Nettoyage</translation>
    </message>
    <message>
        <source>Show what each step of the cleaning does, and switch steps on and off</source>
        <translation>Afficher ce que fait chaque étape du nettoyage, et activer ou désactiver des étapes</translation>
    </message>
    <message>
        <source>In &amp;doubt</source>
        <translation>&amp;Doutes</translation>
    </message>
    <message>
        <source>Go through what was read in doubt, one by one</source>
        <translation>Parcourir un à un les caractères lus avec un doute</translation>
    </message>
    <message>
        <source>Page &amp;width</source>
        <translation>Lar&amp;geur de page</translation>
    </message>
    <message>
        <source>Show the page as wide as there is room</source>
        <translation>Afficher la page sur toute la largeur disponible</translation>
    </message>
    <message>
        <source>Pi&amp;xel by pixel</source>
        <translation>Pi&amp;xel par pixel</translation>
    </message>
    <message>
        <source>Show a pixel of the picture as a pixel of the display</source>
        <translation>Afficher un pixel de l’image comme un pixel de l’écran</translation>
    </message>
</context>
<context>
    <name>PageCorrector</name>
    <message>
        <source>read again</source>
        <translation>la relecture</translation>
    </message>
    <message>
        <source>correct</source>
        <translation>la correction</translation>
    </message>
    <message>
        <source>delete character</source>
        <translation>la suppression du caractère</translation>
    </message>
    <message>
        <source>join</source>
        <translation>la jonction</translation>
    </message>
</context>
<context>
    <name>PageExports</name>
    <message>
        <source>No model is ready to read with. Choose one, or wait until it is loaded.</source>
        <translation>Aucun modèle n’est prêt à lire. Choisissez-en un, ou attendez qu’il soit chargé.</translation>
    </message>
    <message>
        <source>pages</source>
        <translation>pages</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>Table, a row a character</source>
        <translation>Tableau, une ligne par caractère</translation>
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
        <translation>PDF avec le texte</translation>
    </message>
    <message>
        <source>Export pages</source>
        <translation>Exporter les pages</translation>
    </message>
    <message>
        <source>Reading page {number} of {total}, {name}…</source>
        <translation>Lecture de la page {number} sur {total}, {name}…</translation>
    </message>
    <message>
        <source>Writing {name}…</source>
        <translation>Écriture de {name}…</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Annulé</translation>
    </message>
    <message>
        <source>Saved {name}</source>
        <translation>{name} enregistré</translation>
    </message>
    <message>
        <source>These pages are not in “{name}”:</source>
        <translation>Ces pages ne sont pas dans «&#xa0;{name}&#xa0;»&#xa0;:</translation>
    </message>
    <message>
        <source>{count} more.</source>
        <translation>{count} de plus.</translation>
    </message>
    <message>
        <source>A fault in Glyphpad stopped its reading.</source>
        <translation>Une erreur dans Glyphpad en a interrompu la lecture.</translation>
    </message>
    <message>
        <source>Page {page} of {pages}: {why}</source>
        <translation>Page {page} sur {pages}&#xa0;: {why}</translation>
    </message>
</context>
<context>
    <name>PageList</name>
    <message>
        <source>Pages</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>The pages that are open</source>
        <translation>Les pages ouvertes</translation>
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
        <translation>{name}, page {page}, endommagée</translation>
    </message>
    <message>
        <source>{name}, page {page} of {pages}</source>
        <translation>{name}, page {page} sur {pages}</translation>
    </message>
</context>
<context>
    <name>PageView</name>
    <message>
        <source>Picture</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>{sign}, {n} of {count}</source>
        <translation>{sign}, {n} sur {count}</translation>
    </message>
    <message>
        <source>{sign}, as you said</source>
        <translation>{sign}, selon votre choix</translation>
    </message>
    <message>
        <source>{sign}, perhaps no character</source>
        <translation>{sign}, peut-être pas un caractère</translation>
    </message>
    <message>
        <source>{sign}, {percent} sure</source>
        <translation>{sign}, sûr à {percent}</translation>
    </message>
    <message>
        <source>{percent} sure or more</source>
        <translation>sûr à {percent} ou plus</translation>
    </message>
    <message>
        <source>less sure, or perhaps no character</source>
        <translation>moins sûr, ou peut-être pas un caractère</translation>
    </message>
    <message>
        <source>Dashed: in doubt, worth a look</source>
        <translation>En tirets&#xa0;: douteux, à vérifier</translation>
    </message>
</context>
<context>
    <name>Parting</name>
    <message>
        <source>Close without the ink?</source>
        <translation>Fermer sans l’encre&#xa0;?</translation>
    </message>
    <message>
        <source>What you wrote cannot be kept at present, and closing the window now would lose it. Save the ink in another folder, or on another disk.</source>
        <translation>Ce que vous avez écrit ne peut pas être conservé pour le moment et serait perdu si vous fermiez la fenêtre maintenant. Enregistrez l’encre dans un autre dossier ou sur un autre disque.</translation>
    </message>
    <message>
        <source>&amp;Save ink…</source>
        <translation>&amp;Enregistrer l’encre…</translation>
    </message>
    <message>
        <source>&amp;Close anyway</source>
        <translation>&amp;Fermer quand même</translation>
    </message>
</context>
<context>
    <name>Program</name>
    <message>
        <source>About Glyphpad</source>
        <translation>À propos de Glyphpad</translation>
    </message>
    <message>
        <source>Glyphpad {version}. Write by hand, get text: on your own machine, without a network. MIT licence.</source>
        <translation>Glyphpad {version}. Écrivez à la main, obtenez du texte&#xa0;: sur votre propre ordinateur, sans réseau. Licence MIT.</translation>
    </message>
</context>
<context>
    <name>ResultPanel</name>
    <message>
        <source>Text</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>What was read</source>
        <translation>Ce qui a été lu</translation>
    </message>
    <message>
        <source>Nothing here</source>
        <translation>Rien ici</translation>
    </message>
    <message>
        <source>{sign}, as you said</source>
        <translation>{sign}, selon votre choix</translation>
    </message>
    <message>
        <source>Perhaps no character</source>
        <translation>Peut-être pas un caractère</translation>
    </message>
    <message>
        <source>{sign}, {percent} sure</source>
        <translation>{sign}, sûr à {percent}</translation>
    </message>
    <message>
        <source>Result: {text}</source>
        <translation>Résultat&#xa0;: {text}</translation>
    </message>
    <message>
        <source>Put right</source>
        <translation>Corriger</translation>
    </message>
    <message>
        <source>What stands at the selected place: a sign, or several; Enter puts it right</source>
        <translation>Ce qui est écrit à l’endroit sélectionné&#xa0;: un signe, ou plusieurs&#x202f;; Entrée le corrige</translation>
    </message>
    <message>
        <source>Put &amp;right</source>
        <translation>Co&amp;rriger</translation>
    </message>
</context>
<context>
    <name>Selection</name>
    <message>
        <source>move ink</source>
        <translation>le déplacement de l’encre</translation>
    </message>
    <message>
        <source>delete ink</source>
        <translation>la suppression de l’encre</translation>
    </message>
    <message>
        <source>paste ink</source>
        <translation>le collage de l’encre</translation>
    </message>
</context>
<context>
    <name>SettingsWindow</name>
    <message>
        <source>Settings</source>
        <translation>Paramètres</translation>
    </message>
    <message>
        <source>Groups of settings</source>
        <translation>Groupes de paramètres</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Écriture</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Lecture</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Apparence</translation>
    </message>
    <message>
        <source>How broad the pen writes</source>
        <translation>L’épaisseur du trait du stylo</translation>
    </message>
    <message>
        <source>What the pen writes in</source>
        <translation>La couleur dans laquelle le stylo écrit</translation>
    </message>
    <message>
        <source>What the marker marks in</source>
        <translation>La couleur dans laquelle le marqueur surligne</translation>
    </message>
    <message>
        <source>Pen &amp;width</source>
        <translation>Épaisseur du s&amp;tylo</translation>
    </message>
    <message>
        <source>Pen &amp;colour</source>
        <translation>&amp;Couleur du stylo</translation>
    </message>
    <message>
        <source>&amp;Marker colour</source>
        <translation>Couleur du &amp;marqueur</translation>
    </message>
    <message>
        <source>What runs the model</source>
        <translation>Ce qui fait tourner le modèle</translation>
    </message>
    <message>
        <source>&amp;Alphabet</source>
        <translation>&amp;Alphabet</translation>
    </message>
    <message>
        <source>On the &amp;pad</source>
        <translation>Sur le &amp;bloc</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>Mo&amp;dèle</translation>
    </message>
    <message>
        <source>&amp;Engine</source>
        <translation>Mote&amp;ur</translation>
    </message>
    <message>
        <source>Which colours the program has</source>
        <translation>Les couleurs du programme</translation>
    </message>
    <message>
        <source>Another language shows when Glyphpad is started again.</source>
        <translation>Le changement de langue prend effet au prochain démarrage de Glyphpad.</translation>
    </message>
    <message>
        <source>Which language the program speaks</source>
        <translation>La langue du programme</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Thème</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Langue</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Comme le système</translation>
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
        <translation>Ouverture de {name}…</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Annulé</translation>
    </message>
    <message>
        <source>Reading {name}…</source>
        <translation>Lecture de {name}…</translation>
    </message>
    <message>
        <source>Not opened either: {count} more.</source>
        <translation>Non ouverts également&#xa0;: {count} de plus.</translation>
    </message>
    <message>
        <source>Not opened</source>
        <translation>Non ouvert</translation>
    </message>
    <message>
        <source>{name}, page {page} of {pages}</source>
        <translation>{name}, page {page} sur {pages}</translation>
    </message>
</context>
<context>
    <name>TileView</name>
    <message>
        <source>The character as the model sees it</source>
        <translation>Le caractère tel que le modèle le voit</translation>
    </message>
    <message>
        <source>The character as the model sees it: cropped, scaled and centred</source>
        <translation>Le caractère tel que le modèle le voit&#xa0;: rogné, mis à l’échelle et centré</translation>
    </message>
</context>
<context>
    <name>ToolActions</name>
    <message>
        <source>&amp;Only the pen writes</source>
        <translation>Seul le styl&amp;o écrit</translation>
    </message>
    <message>
        <source>Fingers and the palm move the page; pen and mouse write</source>
        <translation>Les doigts et la paume déplacent la page&#x202f;; le stylet et la souris écrivent</translation>
    </message>
    <message>
        <source>&amp;Guide lines</source>
        <translation>&amp;Lignes d’écriture</translation>
    </message>
    <message>
        <source>Show lines that tell small letters from capitals by their height</source>
        <translation>Afficher des lignes qui distinguent les minuscules des majuscules par leur hauteur</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Zoom &amp;avant</translation>
    </message>
    <message>
        <source>Enlarge the pad</source>
        <translation>Agrandir le bloc</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Zoom a&amp;rrière</translation>
    </message>
    <message>
        <source>Reduce the pad</source>
        <translation>Réduire le bloc</translation>
    </message>
    <message>
        <source>&amp;Actual size</source>
        <translation>&amp;Taille réelle</translation>
    </message>
    <message>
        <source>Show the pad as it was at first</source>
        <translation>Afficher le bloc comme au début</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>&amp;Outils</translation>
    </message>
    <message>
        <source>Pens</source>
        <translation>Stylos</translation>
    </message>
    <message>
        <source>Colour and width</source>
        <translation>Couleur et épaisseur</translation>
    </message>
    <message>
        <source>What pen and marker look like</source>
        <translation>L’aspect du stylo et du marqueur</translation>
    </message>
    <message>
        <source>Pen &amp;colour</source>
        <translation>&amp;Couleur du stylo</translation>
    </message>
    <message>
        <source>M&amp;arker colour</source>
        <translation>Couleur du ma&amp;rqueur</translation>
    </message>
    <message>
        <source>Pen &amp;width</source>
        <translation>Épaisseur du s&amp;tylo</translation>
    </message>
    <message>
        <source>Cu&amp;t ink</source>
        <translation>&amp;Couper l’encre</translation>
    </message>
    <message>
        <source>Cut the selected ink</source>
        <translation>Couper l’encre sélectionnée</translation>
    </message>
    <message>
        <source>Copy i&amp;nk</source>
        <translation>Copier l’&amp;encre</translation>
    </message>
    <message>
        <source>Copy the selected ink, also as a picture</source>
        <translation>Copier l’encre sélectionnée, également comme image</translation>
    </message>
    <message>
        <source>&amp;Delete ink</source>
        <translation>&amp;Supprimer l’encre</translation>
    </message>
    <message>
        <source>Take the selected ink off the pad</source>
        <translation>Retirer du bloc l’encre sélectionnée</translation>
    </message>
    <message>
        <source>Select &amp;all ink</source>
        <translation>Sélectionner toute l’e&amp;ncre</translation>
    </message>
    <message>
        <source>Select all ink on the pad</source>
        <translation>Sélectionner toute l’encre du bloc</translation>
    </message>
    <message>
        <source>&amp;Pen</source>
        <translation>&amp;Stylo</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Écrire</translation>
    </message>
    <message>
        <source>&amp;Marker</source>
        <translation>&amp;Marqueur</translation>
    </message>
    <message>
        <source>Mark with a broad, translucent line</source>
        <translation>Surligner d’un trait large et translucide</translation>
    </message>
    <message>
        <source>&amp;Eraser</source>
        <translation>&amp;Gomme</translation>
    </message>
    <message>
        <source>Erase whole strokes</source>
        <translation>Effacer des traits entiers</translation>
    </message>
    <message>
        <source>&amp;Rub out</source>
        <translation>Gommer une &amp;zone</translation>
    </message>
    <message>
        <source>Erase what the eraser passes over, and no more</source>
        <translation>N’effacer que ce sur quoi passe la gomme</translation>
    </message>
    <message>
        <source>&amp;Select</source>
        <translation>Sé&amp;lectionner</translation>
    </message>
    <message>
        <source>Draw around ink to move, scale, copy or delete it</source>
        <translation>Entourer de l’encre pour la déplacer, la redimensionner, la copier ou la supprimer</translation>
    </message>
    <message>
        <source>As &amp;text</source>
        <translation>Comme le &amp;texte</translation>
    </message>
    <message>
        <source>&amp;Blue</source>
        <translation>&amp;Bleu</translation>
    </message>
    <message>
        <source>&amp;Red</source>
        <translation>&amp;Rouge</translation>
    </message>
    <message>
        <source>&amp;Green</source>
        <translation>&amp;Vert</translation>
    </message>
    <message>
        <source>&amp;Orange</source>
        <translation>&amp;Orange</translation>
    </message>
    <message>
        <source>&amp;Purple</source>
        <translation>Vio&amp;let</translation>
    </message>
    <message>
        <source>&amp;Yellow</source>
        <translation>&amp;Jaune</translation>
    </message>
    <message>
        <source>Pin&amp;k</source>
        <translation>Ro&amp;se</translation>
    </message>
    <message>
        <source>&amp;Fine</source>
        <translation>&amp;Fin</translation>
    </message>
    <message>
        <source>&amp;Medium</source>
        <translation>&amp;Moyen</translation>
    </message>
    <message>
        <source>&amp;Broad</source>
        <translation>&amp;Large</translation>
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
        <translation>Bloc</translation>
    </message>
    <message>
        <source>Draw with the left button, erase with the right one</source>
        <translation>Écrire avec le bouton gauche, effacer avec le droit</translation>
    </message>
    <message>
        <source>Alphabet</source>
        <translation>Alphabet</translation>
    </message>
    <message>
        <source>What may be read</source>
        <translation>Ce qui peut être lu</translation>
    </message>
    <message>
        <source>On the pad</source>
        <translation>Sur le bloc</translation>
    </message>
    <message>
        <source>What is written on the pad</source>
        <translation>Ce qui est écrit sur le bloc</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Which model reads</source>
        <translation>Le modèle qui lit</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>Occupé</translation>
    </message>
    <message>
        <source>Write on the pad with the mouse, a pen or a finger. The text stands on the right; click a sign that is wrong, and choose another. {open} opens pictures of handwriting. Nothing leaves this computer.</source>
        <translation>Écrivez sur le bloc avec la souris, un stylet ou le doigt. Le texte s’affiche à droite&#x202f;; cliquez sur un signe erroné et choisissez-en un autre. {open} ouvre des images d’écriture manuscrite. Rien ne quitte cet ordinateur.</translation>
    </message>
    <message>
        <source>Characters that were read: {n}</source>
        <translation>Caractères lus&#xa0;: {n}</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>Ann&amp;uler</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Rétablir</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>C&amp;lear</source>
        <translation>&amp;Vider</translation>
    </message>
    <message>
        <source>Take all ink off the pad</source>
        <translation>Retirer toute l’encre du bloc</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>&amp;Ouvrir…</translation>
    </message>
    <message>
        <source>Open pictures or ink</source>
        <translation>Ouvrir des images ou de l’encre</translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation>Ouvrir un &amp;dossier…</translation>
    </message>
    <message>
        <source>Open all pictures and ink in a folder</source>
        <translation>Ouvrir toutes les images et l’encre d’un dossier</translation>
    </message>
    <message>
        <source>&amp;Save ink…</source>
        <translation>&amp;Enregistrer l’encre…</translation>
    </message>
    <message>
        <source>Save the pad as InkML</source>
        <translation>Enregistrer le bloc au format InkML</translation>
    </message>
    <message>
        <source>Past &amp;pads…</source>
        <translation>Anciens &amp;blocs…</translation>
    </message>
    <message>
        <source>Find and open what was written before</source>
        <translation>Retrouver et ouvrir ce qui a été écrit auparavant</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>E&amp;xporter…</translation>
    </message>
    <message>
        <source>Copy each new &amp;word</source>
        <translation>Copier chaque nouveau &amp;mot</translation>
    </message>
    <message>
        <source>Put each word on the clipboard when it is written</source>
        <translation>Placer chaque mot dans le presse-papiers dès qu’il est écrit</translation>
    </message>
    <message>
        <source>Copy as p&amp;icture</source>
        <translation>Copier comme &amp;image</translation>
    </message>
    <message>
        <source>Copy all ink on the pad, as a picture and as ink</source>
        <translation>Copier toute l’encre du bloc, comme image et comme encre</translation>
    </message>
    <message>
        <source>&amp;Paste picture</source>
        <translation>C&amp;oller l’image</translation>
    </message>
    <message>
        <source>Read the picture on the clipboard</source>
        <translation>Lire l’image du presse-papiers</translation>
    </message>
    <message>
        <source>&amp;Copy text</source>
        <translation>Copier le &amp;texte</translation>
    </message>
    <message>
        <source>Copy what was read</source>
        <translation>Copier ce qui a été lu</translation>
    </message>
    <message>
        <source>&amp;Pad</source>
        <translation>&amp;Bloc</translation>
    </message>
    <message>
        <source>Go back to the pad</source>
        <translation>Revenir au bloc</translation>
    </message>
    <message>
        <source>&amp;Next page</source>
        <translation>Page &amp;suivante</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>Page suivante</translation>
    </message>
    <message>
        <source>P&amp;revious page</source>
        <translation>Page p&amp;récédente</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>Page précédente</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Quitter</translation>
    </message>
    <message>
        <source>Ctrl+Q</source>
        <translation>Ctrl+Q</translation>
    </message>
    <message>
        <source>Save the pad, or what was read on the page, for other programs</source>
        <translation>Enregistrer le bloc, ou ce qui a été lu sur la page, pour d’autres programmes</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Annuler</translation>
    </message>
    <message>
        <source>Give up what is being opened, read or exported</source>
        <translation>Renoncer à ce qui est en cours d’ouverture, de lecture ou d’exportation</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>Comme le &amp;système</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Clair</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>S&amp;ombre</translation>
    </message>
    <message>
        <source>&amp;High contrast</source>
        <translation>Co&amp;ntraste élevé</translation>
    </message>
    <message>
        <source>&amp;Automatic</source>
        <translation>&amp;Automatique</translation>
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
        <translation>&amp;Paramètres…</translation>
    </message>
    <message>
        <source>Change the settings</source>
        <translation>Modifier les paramètres</translation>
    </message>
    <message>
        <source>&amp;First steps</source>
        <translation>&amp;Premiers pas</translation>
    </message>
    <message>
        <source>Show the hint again</source>
        <translation>Afficher de nouveau le conseil</translation>
    </message>
    <message>
        <source>&amp;About Glyphpad</source>
        <translation>À propos &amp;de Glyphpad</translation>
    </message>
    <message>
        <source>Which version this is</source>
        <translation>De quelle version il s’agit</translation>
    </message>
    <message>
        <source>&amp;Join with the next</source>
        <translation>&amp;Joindre au suivant</translation>
    </message>
    <message>
        <source>The selected character and the next one are one</source>
        <translation>Le caractère sélectionné et le suivant n’en font qu’un</translation>
    </message>
    <message>
        <source>&amp;Split</source>
        <translation>&amp;Diviser</translation>
    </message>
    <message>
        <source>The selected character is two</source>
        <translation>Le caractère sélectionné en est deux</translation>
    </message>
    <message>
        <source>&amp;Read again</source>
        <translation>&amp;Relire</translation>
    </message>
    <message>
        <source>Forget what was put right about the selected character</source>
        <translation>Oublier les corrections du caractère sélectionné</translation>
    </message>
    <message>
        <source>&amp;Delete character</source>
        <translation>S&amp;upprimer le caractère</translation>
    </message>
    <message>
        <source>Take the ink of the selected character off the pad</source>
        <translation>Retirer du bloc l’encre du caractère sélectionné</translation>
    </message>
    <message>
        <source>&amp;Next character</source>
        <translation>Caractère &amp;suivant</translation>
    </message>
    <message>
        <source>Select the next character</source>
        <translation>Sélectionner le caractère suivant</translation>
    </message>
    <message>
        <source>&amp;Previous character</source>
        <translation>Caractère &amp;précédent</translation>
    </message>
    <message>
        <source>Select the character before</source>
        <translation>Sélectionner le caractère précédent</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Fichier</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>É&amp;dition</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Affichage</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>T&amp;hème</translation>
    </message>
    <message>
        <source>E&amp;ngine</source>
        <translation>&amp;Moteur</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>A&amp;ide</translation>
    </message>
    <message>
        <source>&amp;Character</source>
        <translation>&amp;Caractère</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Outils</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>In doubt</source>
        <translation>Doutes</translation>
    </message>
    <message>
        <source>What was read</source>
        <translation>Ce qui a été lu</translation>
    </message>
    <message>
        <source>&amp;Alphabet</source>
        <translation>Al&amp;phabet</translation>
    </message>
    <message>
        <source>On the &amp;pad</source>
        <translation>&amp;Sur le bloc</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>Modè&amp;le</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>There is no file “{name}”. Check the name and the folder.</source>
        <translation>Le fichier «&#xa0;{name}&#xa0;» n’existe pas. Vérifiez le nom et le dossier.</translation>
    </message>
    <message>
        <source>“{name}” may not be read. Check its permissions, or copy it to a folder of your own.</source>
        <translation>«&#xa0;{name}&#xa0;» ne peut pas être lu. Vérifiez les droits d’accès, ou copiez le fichier dans l’un de vos dossiers.</translation>
    </message>
    <message>
        <source>“{name}” could not be written. Choose another folder, or make room on the disk.</source>
        <translation>«&#xa0;{name}&#xa0;» n’a pas pu être écrit. Choisissez un autre dossier, ou libérez de l’espace sur le disque.</translation>
    </message>
    <message>
        <source>“{name}” is larger than can be read. Save it in parts.</source>
        <translation>«&#xa0;{name}&#xa0;» est trop volumineux pour être lu. Enregistrez-le en plusieurs parties.</translation>
    </message>
    <message>
        <source>“{name}” holds more ink than can be opened. Save it in parts.</source>
        <translation>«&#xa0;{name}&#xa0;» contient trop d’encre pour être ouvert. Enregistrez-le en plusieurs parties.</translation>
    </message>
    <message>
        <source>“{name}” is empty. Save or scan it again.</source>
        <translation>«&#xa0;{name}&#xa0;» est vide. Enregistrez-le ou numérisez-le de nouveau.</translation>
    </message>
    <message>
        <source>“{name}” has changed since it was opened. Open it again.</source>
        <translation>«&#xa0;{name}&#xa0;» a changé depuis son ouverture. Ouvrez-le de nouveau.</translation>
    </message>
    <message>
        <source>The folder “{name}” may not be read. Check its permissions, or choose another folder.</source>
        <translation>Le dossier «&#xa0;{name}&#xa0;» ne peut pas être lu. Vérifiez les droits d’accès, ou choisissez un autre dossier.</translation>
    </message>
    <message>
        <source>The folder “{name}” holds no picture and no ink. Choose the folder that holds the files; folders within it are not looked into.</source>
        <translation>Le dossier «&#xa0;{name}&#xa0;» ne contient ni image ni encre. Choisissez le dossier qui contient les fichiers&#x202f;; ses sous-dossiers ne sont pas parcourus.</translation>
    </message>
    <message>
        <source>“{name}” is neither a picture nor ink that can be read. Use PNG, JPEG, TIFF, BMP, WebP, PDF or InkML.</source>
        <translation>«&#xa0;{name}&#xa0;» n’est ni une image ni de l’encre lisible. Utilisez PNG, JPEG, TIFF, BMP, WebP, PDF ou InkML.</translation>
    </message>
    <message>
        <source>“{name}” is damaged or cut short. Save, scan or copy it again.</source>
        <translation>«&#xa0;{name}&#xa0;» est endommagé ou tronqué. Enregistrez-le, numérisez-le ou copiez-le de nouveau.</translation>
    </message>
    <message>
        <source>“{name}” is protected by a password. Save it without the password first.</source>
        <translation>«&#xa0;{name}&#xa0;» est protégé par un mot de passe. Enregistrez-le d’abord sans mot de passe.</translation>
    </message>
    <message>
        <source>A page of “{name}” takes too long to draw. Save that page as a picture in the program that made it, and open the picture.</source>
        <translation>Une page de «&#xa0;{name}&#xa0;» est trop longue à dessiner. Enregistrez cette page comme image dans le programme d’origine, et ouvrez l’image.</translation>
    </message>
    <message>
        <source>“{name}” has more than {limit} million pixels. Scale it down, or cut it into parts.</source>
        <translation>«&#xa0;{name}&#xa0;» compte plus de {limit} millions de pixels. Réduisez l’image, ou découpez-la en plusieurs parties.</translation>
    </message>
    <message>
        <source>“{name}” holds no ink. Write something in the program that made it, and save it again.</source>
        <translation>«&#xa0;{name}&#xa0;» ne contient pas d’encre. Écrivez quelque chose dans le programme d’origine, et enregistrez-le de nouveau.</translation>
    </message>
    <message>
        <source>“{name}” uses what Glyphpad does not read: {what}. Save it in another way in the program that made it.</source>
        <translation>«&#xa0;{name}&#xa0;» utilise ce que Glyphpad ne lit pas&#xa0;: {what}. Enregistrez-le autrement dans le programme d’origine.</translation>
    </message>
    <message>
        <source>The history of past pads was damaged, and now lies aside as “{name}”. A new one has begun, with what could still be read.</source>
        <translation>L’historique des anciens blocs était endommagé&#x202f;; il est mis de côté sous le nom «&#xa0;{name}&#xa0;». Un nouvel historique a été créé avec ce qui était encore lisible.</translation>
    </message>
    <message>
        <source>The history of past pads, “{name}”, was made by a later version of Glyphpad, so this pad is not being kept. Use that version, or save the ink yourself.</source>
        <translation>L’historique des anciens blocs, «&#xa0;{name}&#xa0;», a été créé par une version plus récente de Glyphpad&#x202f;; ce bloc n’est donc pas conservé. Utilisez cette version, ou enregistrez l’encre vous-même.</translation>
    </message>
    <message>
        <source>The pad cannot be kept in “{name}” at present. Your ink is still here. Make room on the disk, or save the ink in another folder.</source>
        <translation>Le bloc ne peut pas être conservé dans «&#xa0;{name}&#xa0;» pour le moment. Votre encre est toujours là. Libérez de l’espace sur le disque, ou enregistrez l’encre dans un autre dossier.</translation>
    </message>
    <message>
        <source>The model “{model}” lacks its file “{file}”. Choose another model, or install Glyphpad again.</source>
        <translation>Il manque au modèle «&#xa0;{model}&#xa0;» son fichier «&#xa0;{file}&#xa0;». Choisissez un autre modèle, ou réinstallez Glyphpad.</translation>
    </message>
    <message>
        <source>The file “{file}” of the model “{model}” is not the one it was shipped with. Choose another model, or install Glyphpad again.</source>
        <translation>Le fichier «&#xa0;{file}&#xa0;» du modèle «&#xa0;{model}&#xa0;» n’est pas celui d’origine. Choisissez un autre modèle, ou réinstallez Glyphpad.</translation>
    </message>
    <message>
        <source>The file “{file}” of the model “{model}” is not for this version of Glyphpad. Choose another model, or install Glyphpad again.</source>
        <translation>Le fichier «&#xa0;{file}&#xa0;» du modèle «&#xa0;{model}&#xa0;» ne convient pas à cette version de Glyphpad. Choisissez un autre modèle, ou réinstallez Glyphpad.</translation>
    </message>
    <message>
        <source>The file “{file}” of the model “{model}” could not be loaded. Choose another model or engine, or install Glyphpad again.</source>
        <translation>Le fichier «&#xa0;{file}&#xa0;» du modèle «&#xa0;{model}&#xa0;» n’a pas pu être chargé. Choisissez un autre modèle ou un autre moteur, ou réinstallez Glyphpad.</translation>
    </message>
    <message>
        <source>“{model}” cannot be run with Keras on this computer: TensorFlow needs a processor with AVX. Choose LiteRT in the menu Engine, or another model.</source>
        <translation>«&#xa0;{model}&#xa0;» ne peut pas fonctionner avec Keras sur cet ordinateur&#xa0;: TensorFlow a besoin d’un processeur avec AVX. Choisissez LiteRT dans le menu Moteur, ou un autre modèle.</translation>
    </message>
    <message>
        <source>What you had put right on the pages of this file was damaged, and now lies aside as “{name}”. The file itself is as it was.</source>
        <translation>Vos corrections sur les pages de ce fichier étaient endommagées&#x202f;; elles sont mises de côté sous le nom «&#xa0;{name}&#xa0;». Le fichier lui-même est intact.</translation>
    </message>
    <message>
        <source>What was put right on the pages of this file, “{name}”, was kept by a later version of Glyphpad. Use that version, or move it away.</source>
        <translation>Les corrections sur les pages de ce fichier, «&#xa0;{name}&#xa0;», ont été conservées par une version plus récente de Glyphpad. Utilisez cette version, ou déplacez-les.</translation>
    </message>
    <message>
        <source>What you put right cannot be kept in “{name}” at present. Make room on the disk, or export the page.</source>
        <translation>Vos corrections ne peuvent pas être conservées dans «&#xa0;{name}&#xa0;» pour le moment. Libérez de l’espace sur le disque, ou exportez la page.</translation>
    </message>
    <message>
        <source>This needs Keras, and this light Glyphpad comes without it. Install the complete Glyphpad instead.</source>
        <translation>Cela demande Keras, et ce Glyphpad léger ne le contient pas. Installez plutôt le Glyphpad complet.</translation>
    </message>
</context>
</TS>
