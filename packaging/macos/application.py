"""What build.spec gives PyInstaller's BUNDLE to make Glyphpad.app."""

from core import VERSION

IDENTIFIER = "example.glyphpad.glyphpad"
"""As in AppStream's metainfo; see HOMEPAGE in scripts/packages/release.py."""

INK_TYPE = "org.w3.inkml"

PICTURE_TYPES = (
    "public.png",
    "public.jpeg",
    "public.tiff",
    "com.microsoft.bmp",
    "org.webmproject.webp",
    "com.adobe.pdf",
)
"""macOS's own names for the pictures that open."""

PROPERTIES = {
    "CFBundleDisplayName": "Glyphpad",
    "CFBundleShortVersionString": VERSION,
    "CFBundleDevelopmentRegion": "en",
    "CFBundleLocalizations": ["en", "de", "fr"],
    "LSApplicationCategoryType": "public.app-category.productivity",
    # the oldest that TensorFlow's and PySide6's wheels are for
    "LSMinimumSystemVersion": "14.0",
    "NSHighResolutionCapable": True,
    # light and dark follow the system
    "NSRequiresAquaSystemAppearance": False,
    "NSHumanReadableCopyright": "MIT licence",
    "CFBundleDocumentTypes": [
        {
            "CFBundleTypeName": "Ink",
            "CFBundleTypeRole": "Editor",
            "LSHandlerRank": "Owner",
            "LSItemContentTypes": [INK_TYPE],
        },
        {
            "CFBundleTypeName": "Picture",
            "CFBundleTypeRole": "Viewer",
            # offered, and never in the place of what showed pictures before
            "LSHandlerRank": "Alternate",
            "LSItemContentTypes": list(PICTURE_TYPES),
        },
    ],
    "UTExportedTypeDeclarations": [
        {
            "UTTypeIdentifier": INK_TYPE,
            "UTTypeDescription": "Handwriting (InkML)",
            "UTTypeReferenceURL": "https://www.w3.org/TR/InkML/",
            "UTTypeConformsTo": ["public.xml"],
            "UTTypeTagSpecification": {
                "public.filename-extension": ["inkml"],
                "public.mime-type": ["application/inkml+xml"],
            },
        }
    ],
}
