; The installer for Windows: Inno Setup 6, for one user, without an administrator.
;
;   iscc /DFolder=dist\glyphpad-light /DVersion=0.1.0 packaging\windows\glyphpad.iss
;
; Folder is a frozen program, dist\glyphpad or dist\glyphpad-light; paths are seen from the root of
; the checkout. The result is dist\glyphpad-VERSION-setup.exe, or dist\glyphpad-light-...

#ifndef Version
  #error Say which version this is: /DVersion=0.1.0
#endif
#ifndef Folder
  #define Folder "dist\glyphpad-light"
#endif
#define Root AddBackslash(SourcePath) + "..\.."
#define Base ExtractFileName(Folder)

[Setup]
; Both programs have one identity, so that one takes the place of the other.
AppId={{6B1F0C0E-8D0A-4C8B-9C39-5B6A0E6B1D57}
AppName=Glyphpad
AppVersion={#Version}
AppVerName=Glyphpad {#Version}
AppPublisher=The Glyphpad developers
LicenseFile={#Root}\LICENSE
DefaultDirName={localappdata}\Programs\Glyphpad
DefaultGroupName=Glyphpad
DisableProgramGroupPage=yes
DisableDirPage=auto
PrivilegesRequired=lowest
; TensorFlow and LiteRT have wheels for x86-64 alone.
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
ChangesAssociations=yes
CloseApplications=yes
RestartApplications=no
Compression=lzma2/max
SolidCompression=yes
LZMANumBlockThreads=2
OutputDir={#Root}\dist
OutputBaseFilename={#Base}-{#Version}-setup
SetupIconFile={#Root}\build\glyphpad.ico
UninstallDisplayIcon={app}\glyphpad.exe
UninstallDisplayName=Glyphpad
WizardStyle=modern
SourceDir={#Root}

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"
Name: "fr"; MessagesFile: "compiler:Languages\French.isl"

[CustomMessages]
en.Comment=Write by hand or open a scan, get text
de.Comment=Von Hand schreiben oder einen Scan öffnen, Text bekommen
fr.Comment=Écrire à la main ou ouvrir un scan, obtenir du texte
en.Ink=Handwriting (InkML)
de.Ink=Handschrift (InkML)
fr.Ink=Écriture manuscrite (InkML)
en.Picture=Picture of handwriting
de.Picture=Bild von Handschrift
fr.Picture=Image d’écriture manuscrite
en.OpenWith=Files
de.OpenWith=Dateien
fr.OpenWith=Fichiers
en.AssociateInk=Open ink (.inkml) with Glyphpad
de.AssociateInk=Tinte (.inkml) mit Glyphpad öffnen
fr.AssociateInk=Ouvrir l’encre (.inkml) avec Glyphpad
en.OfferPictures=Offer Glyphpad under “Open with” for pictures and PDF
de.OfferPictures=Glyphpad unter „Öffnen mit“ für Bilder und PDF anbieten
fr.OfferPictures=Proposer Glyphpad dans « Ouvrir avec » pour les images et les PDF

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked
Name: "ink"; Description: "{cm:AssociateInk}"; GroupDescription: "{cm:OpenWith}"
Name: "pictures"; Description: "{cm:OfferPictures}"; GroupDescription: "{cm:OpenWith}"

[InstallDelete]
; Parts of an older version that the new one has not.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Folder}\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion
Source: "LICENSE"; DestDir: "{app}"; Flags: ignoreversion

[Icons]
Name: "{autoprograms}\Glyphpad"; Filename: "{app}\glyphpad.exe"; Comment: "{cm:Comment}"; AppUserModelID: "Glyphpad.Glyphpad"
Name: "{autodesktop}\Glyphpad"; Filename: "{app}\glyphpad.exe"; Comment: "{cm:Comment}"; Tasks: desktopicon

[Registry]
; What the program opens, and how. "Open with" asks for this key by the program's name.
Root: HKCU; Subkey: "Software\Classes\Applications\glyphpad.exe"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "Glyphpad"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\Applications\glyphpad.exe\shell\open\command"; ValueType: string; ValueData: """{app}\glyphpad.exe"" ""%1"""
Root: HKCU; Subkey: "Software\Microsoft\Windows\CurrentVersion\App Paths\glyphpad.exe"; ValueType: string; ValueData: "{app}\glyphpad.exe"; Flags: uninsdeletekey

; Ink.
Root: HKCU; Subkey: "Software\Classes\Glyphpad.Ink.1"; ValueType: string; ValueData: "{cm:Ink}"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\Glyphpad.Ink.1\DefaultIcon"; ValueType: string; ValueData: "{app}\glyphpad.exe,0"
Root: HKCU; Subkey: "Software\Classes\Glyphpad.Ink.1\shell\open\command"; ValueType: string; ValueData: """{app}\glyphpad.exe"" ""%1"""
Root: HKCU; Subkey: "Software\Classes\.inkml\OpenWithProgids"; ValueType: none; ValueName: "Glyphpad.Ink.1"; Flags: uninsdeletevalue uninsdeletekeyifempty; Tasks: ink
Root: HKCU; Subkey: "Software\Classes\.inkml"; ValueType: string; ValueName: "Content Type"; ValueData: "application/inkml+xml"; Flags: createvalueifdoesntexist uninsdeletekeyifempty; Tasks: ink
; Two lines for one value: it becomes ours only where it is nobody's.
Root: HKCU; Subkey: "Software\Classes\.inkml"; ValueType: string; ValueData: "Glyphpad.Ink.1"; Flags: createvalueifdoesntexist; Tasks: ink

; Pictures keep their own program; ours is one more that is offered.
Root: HKCU; Subkey: "Software\Classes\Glyphpad.Picture.1"; ValueType: string; ValueData: "{cm:Picture}"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\Glyphpad.Picture.1\shell\open\command"; ValueType: string; ValueData: """{app}\glyphpad.exe"" ""%1"""
#define Picture(str Ending) "Root: HKCU; Subkey: ""Software\Classes\" + Ending + "\OpenWithProgids""; ValueType: none; ValueName: ""Glyphpad.Picture.1""; Flags: uninsdeletevalue uninsdeletekeyifempty; Tasks: pictures"
#emit Picture(".png")
#emit Picture(".jpg")
#emit Picture(".jpeg")
#emit Picture(".jpe")
#emit Picture(".jfif")
#emit Picture(".tif")
#emit Picture(".tiff")
#emit Picture(".bmp")
#emit Picture(".dib")
#emit Picture(".webp")
#emit Picture(".pdf")

[Run]
Filename: "{app}\glyphpad.exe"; Description: "{cm:LaunchProgram,Glyphpad}"; Flags: nowait postinstall skipifsilent

[UninstallDelete]
; The folder itself, where nothing of anybody's is in it. What was written, and the settings, are in
; {localappdata}\glyphpad, and stay.
Type: dirifempty; Name: "{app}"

[Code]
// Gives the ending back to nobody, if it is still ours.
procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
var
  Owner: String;
begin
  if CurUninstallStep <> usPostUninstall then
    exit;
  if RegQueryStringValue(HKCU, 'Software\Classes\.inkml', '', Owner) and (Owner = 'Glyphpad.Ink.1') then
  begin
    RegDeleteValue(HKCU, 'Software\Classes\.inkml', '');
    RegDeleteValue(HKCU, 'Software\Classes\.inkml', 'Content Type');
    RegDeleteKeyIfEmpty(HKCU, 'Software\Classes\.inkml');
  end;
end;
