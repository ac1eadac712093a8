"""The window: its layout, actions and menus. It shows and passes on; others decide."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import (
    QByteArray,
    QEvent,
    QMimeData,
    QObject,
    QSize,
    Qt,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QUndoGroup,
    QUndoStack,
)
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QProgressBar,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from desktop.canvas.canvas import Canvas
from desktop.look.focus_frame import FocusFrame
from desktop.notice import Notice
from desktop.pad.tool_actions import ToolActions
from desktop.pages.page_actions import PageActions
from desktop.reading.result_panel import ResultPanel

_GOOD_SIZE = QSize(960, 640)
"""Pixels of the window at its first start, where the screen has as many."""


class Window(QMainWindow):
    """Everything that is seen. What shows pages is built by `furnish`, after the rest was painted.

    Signals:
        openRequested, openFolderRequested, pasteRequested, saveRequested, exportRequested,
        cancelRequested, padRequested, nextRequested, previousRequested, copyRequested,
        copyPictureRequested, historyRequested, clearRequested: An action was chosen.
        joinRequested, splitRequested, readAgainRequested, deleteGlyphRequested: The same, about the
        selected glyph of the pad.
        stepRequested(int): The glyph so many further on is to be selected.
        filesDropped(list[Path]): Files were let go over the window.
        picturesDropped(QMimeData): Pictures without a file were let go over the window.
        alphabetChosen(str), modelChosen(str), engineChosen(str), layoutChosen(str),
        themeChosen(str): A choice was made, by its name.
        settingsRequested, hintRequested, aboutRequested: The same, about the program itself.
        closing: The window is about to close.
    """

    openRequested = Signal()
    openFolderRequested = Signal()
    pasteRequested = Signal()
    saveRequested = Signal()
    exportRequested = Signal()
    historyRequested = Signal()
    copyPictureRequested = Signal()
    copyRequested = Signal()
    clearRequested = Signal()
    joinRequested = Signal()
    splitRequested = Signal()
    readAgainRequested = Signal()
    deleteGlyphRequested = Signal()
    stepRequested = Signal(int)
    cancelRequested = Signal()
    padRequested = Signal()
    nextRequested = Signal()
    previousRequested = Signal()
    filesDropped = Signal(list)
    picturesDropped = Signal(object)
    alphabetChosen = Signal(str)
    modelChosen = Signal(str)
    engineChosen = Signal(str)
    layoutChosen = Signal(str)
    themeChosen = Signal(str)
    settingsRequested = Signal()
    hintRequested = Signal()
    aboutRequested = Signal()
    closing = Signal()

    def __init__(self, history: QUndoStack | QUndoGroup, parent: QWidget | None = None) -> None:
        """Builds it.

        Args:
            history: What is undone and redone.
            parent: As Qt has it.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("Glyphpad"))
        self.setAcceptDrops(True)
        self.canvas = Canvas()
        self.canvas.setAccessibleName(self.tr("Pad"))
        self.canvas.setToolTip(self.tr("Draw with the left button, erase with the right one"))
        self.tools = ToolActions(self.canvas, self)
        self.page_actions = PageActions(self)
        # no QTabWidget: with its tabs hidden, it catches the keyboard that goes round by Tab
        self.side_tabs, self._side_views = QTabBar(), QStackedWidget()
        self.panel = ResultPanel()
        self.notice = Notice()
        self.hint = Notice()
        self.alphabet_box = _choice_box(
            self.tr("Alphabet"), self.tr("What may be read"), self.alphabetChosen
        )
        self.layout_box = _choice_box(
            self.tr("On the pad"), self.tr("What is written on the pad"), self.layoutChosen
        )
        self.model_box = _choice_box(
            self.tr("Model"), self.tr("Which model reads"), self.modelChosen
        )
        self.engine_label = QLabel()
        self.busy_bar = QProgressBar()
        self.busy_bar.setRange(0, 0)
        self.busy_bar.setMaximumWidth(120)
        self.busy_bar.setAccessibleName(self.tr("Busy"))
        self.busy_bar.hide()
        self._views = QStackedWidget()
        self._views_frame = FocusFrame(self._views, (self.canvas,))
        self._row, self._middle = QHBoxLayout(), QVBoxLayout()
        self._furnished = False
        self._make_actions(history)
        self._make_menus()
        self._make_toolbar()
        self._lay_out()

    def furnish(self) -> None:
        """Builds what shows pages. Loaded and built late, as nobody sees it at the start."""
        from desktop.pages.doubtful import DoubtfulList
        from desktop.pages.filmstrip import Filmstrip
        from desktop.pages.page_list import PageList
        from desktop.reading.page_view import PageView

        self.page_view, self.page_list = PageView(), PageList()
        self.filmstrip, self.doubtful = Filmstrip(), DoubtfulList()
        self.page_list.hide()
        self.filmstrip.hide()
        self._views.addWidget(self.page_view)
        self._views_frame.add(self.page_view)
        self._row.insertWidget(0, self.page_list)
        self._middle.addWidget(self.filmstrip)
        self._add_beside(self.tr("In doubt"), self.doubtful)
        self._furnished = True

    def show_hint(self) -> None:
        """Says what to do with the program, until it is dismissed."""
        native = QKeySequence.SequenceFormat.NativeText
        self.hint.tell(
            self.tr(
                "Write on the pad with the mouse, a pen or a finger. The text stands on the right; "
                "click a sign that is wrong, and choose another. {open} opens pictures of "
                "handwriting. Nothing leaves this computer."
            ).format(open=self.open_action.shortcut().toString(native))
        )

    def describe(self, characters: int) -> None:
        """Tells a screen reader how much was read on the pad, or in the picture."""
        text = self.tr("Characters that were read: {n}").format(n=characters)
        view = self.canvas if self.shows_pad else self.page_view
        if view.accessibleDescription() != text:
            view.setAccessibleDescription(text)

    def show_pad(self) -> None:
        self._views.setCurrentWidget(self.canvas)
        if self._furnished:
            self.filmstrip.hide()
        self._show_for(page=False)

    def show_page_view(self) -> None:
        self._views.setCurrentWidget(self.page_view)
        self.filmstrip.setVisible(self.page_actions.steps_action.isChecked())
        self._show_for(page=True)

    def show_beside(self, view: QWidget) -> None:
        """Shows one of the two views that are beside a picture: `panel` or `doubtful`."""
        self.side_tabs.setCurrentIndex(self._side_views.indexOf(view))

    @property
    def shows_pad(self) -> bool:
        return self._views.currentWidget() is self.canvas

    def say(self, text: str) -> None:
        """Puts a text on the status line, until the next."""
        self.statusBar().showMessage(text)

    def set_busy(self, *, busy: bool, done: int = 0, total: int = 0) -> None:
        """Shows that something goes on that can be given up.

        Args:
            busy: Whether it does.
            done: How much of it is done.
            total: Of how much; 0 where nobody knows.
        """
        self.busy_bar.setRange(0, total)
        self.busy_bar.setValue(done)
        self.busy_bar.setVisible(busy)
        self.cancel_action.setEnabled(busy)

    def set_steps(self, *, previous: bool, following: bool) -> None:
        """Says which ways there are further pages or files."""
        self.previous_action.setEnabled(previous)
        self.next_action.setEnabled(following)

    def offer_pages(self, *, pages: int, shown: bool) -> None:
        """Says what can be done with the pages that are open.

        Args:
            pages: How many there are. The list of a single one would show nothing new.
            shown: Whether one of them is shown.
        """
        self.page_actions.offer(pages=pages, shown=shown)
        self.page_list.setVisible(pages > 1 and self.page_actions.list_action.isChecked())

    def offer_corrections(self, *, join: bool, split: bool, delete: bool, again: bool) -> None:
        """Says what can be put right about the selected glyph."""
        self.join_action.setEnabled(join)
        self.split_action.setEnabled(split)
        self.delete_glyph_action.setEnabled(delete)
        self.read_again_action.setEnabled(again)

    def fill(self, box: QComboBox, entries: tuple[tuple[str, str], ...], chosen: str) -> None:
        """Puts (name, shown text) entries into one of the boxes, without telling of a choice."""
        box.clear()
        for name, text in entries:
            box.addItem(text, name)
        box.setCurrentIndex(max(box.findData(chosen), 0))

    def choose_in_menu(self, group: QActionGroup, name: str) -> None:
        """Ticks the entry called `name` of a menu's group."""
        for action in group.actions():
            action.setChecked(action.data() == name)

    def restore(self, geometry: QByteArray) -> None:
        """Puts the window where it was last time, or at a good size."""
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            self.resize(_GOOD_SIZE.boundedTo(self.screen().availableSize()))

    # --- what people do to the window ---

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        mime = event.mimeData()
        if _has_pictures(mime) or any(url.isLocalFile() for url in mime.urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        mime = event.mimeData()
        paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        if paths:
            self.filesDropped.emit(paths)
        elif _has_pictures(mime):
            self.picturesDropped.emit(mime)
        event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    # --- how it is built ---

    def _make_actions(self, history: QUndoStack | QUndoGroup) -> None:
        keys = QKeySequence.StandardKey
        self.undo_action = history.createUndoAction(self, self.tr("&Undo"))
        self.undo_action.setShortcuts(keys.Undo)
        self.undo_action.setIconText(self.tr("Undo"))
        self.redo_action = history.createRedoAction(self, self.tr("&Redo"))
        self.redo_action.setShortcuts(QKeySequence.keyBindings(keys.Redo))
        self.redo_action.setIconText(self.tr("Redo"))
        self.clear_action = self._action(
            self.tr("C&lear"), "Ctrl+L", self.clearRequested, self.tr("Take all ink off the pad")
        )
        self.open_action = self._action(
            self.tr("&Open…"), keys.Open, self.openRequested, self.tr("Open pictures or ink")
        )
        self.open_folder_action = self._action(
            self.tr("Open &folder…"),
            "Ctrl+Shift+O",
            self.openFolderRequested,
            self.tr("Open all pictures and ink in a folder"),
        )
        self.save_action = self._action(
            self.tr("&Save ink…"), keys.Save, self.saveRequested, self.tr("Save the pad as InkML")
        )
        self.history_action = self._action(
            self.tr("Past &pads…"),
            "Ctrl+H",
            self.historyRequested,
            self.tr("Find and open what was written before"),
        )
        self.export_action = self._action(
            self.tr("&Export…"),
            "Ctrl+E",
            self.exportRequested,
            self.tr("Save the pad, or what was read on the page, for other programs"),
        )
        self.copy_words_action = QAction(self.tr("Copy each new &word"), self)
        self.copy_words_action.setCheckable(True)
        self.copy_words_action.setToolTip(
            self.tr("Put each word on the clipboard when it is written")
        )
        self.copy_picture_action = self._action(
            self.tr("Copy as p&icture"),
            "Ctrl+Shift+I",
            self.copyPictureRequested,
            self.tr("Copy all ink on the pad, as a picture and as ink"),
        )
        self.paste_action = self._action(
            self.tr("&Paste picture"),
            keys.Paste,
            self.pasteRequested,
            self.tr("Read the picture on the clipboard"),
        )
        self.copy_action = self._action(
            self.tr("&Copy text"), "Ctrl+Shift+C", self.copyRequested, self.tr("Copy what was read")
        )
        self.pad_action = self._action(
            self.tr("&Pad"), "Ctrl+D", self.padRequested, self.tr("Go back to the pad")
        )
        self.next_action = self._action(
            self.tr("&Next page"), keys.MoveToNextPage, self.nextRequested, self.tr("Next page")
        )
        self.previous_action = self._action(
            self.tr("P&revious page"),
            keys.MoveToPreviousPage,
            self.previousRequested,
            self.tr("Previous page"),
        )
        self.quit_action = QAction(self.tr("&Quit"), self)
        # the platforms that have no key for it of their own know this one
        self.quit_action.setShortcut(QKeySequence(self.tr("Ctrl+Q")))
        self.quit_action.setMenuRole(QAction.MenuRole.QuitRole)
        self.quit_action.triggered.connect(self.close)
        self.cancel_action = self._action(
            self.tr("&Cancel"),
            keys.Cancel,
            self.cancelRequested,
            self.tr("Give up what is being opened, read or exported"),
        )
        self.cancel_action.setEnabled(False)
        self._make_correcting_actions()
        self._make_program_actions()
        self.theme_group = self._choices(
            (
                ("system", self.tr("As the &system")),
                ("light", self.tr("&Light")),
                ("dark", self.tr("&Dark")),
                ("contrast", self.tr("&High contrast")),
            ),
            self.themeChosen,
        )
        self.engine_group = self._choices(
            (
                ("auto", self.tr("&Automatic")),
                ("litert", self.tr("&LiteRT")),
                ("keras", self.tr("&Keras")),
            ),
            self.engineChosen,
        )
        self.set_steps(previous=False, following=False)

    def _make_program_actions(self) -> None:
        keys = QKeySequence.keyBindings(QKeySequence.StandardKey.Preferences)
        self.settings_action = self._action(
            self.tr("S&ettings…"), "Ctrl+,", self.settingsRequested, self.tr("Change the settings")
        )
        if keys:
            self.settings_action.setShortcuts(keys)
        self.settings_action.setMenuRole(QAction.MenuRole.PreferencesRole)
        self.hint_action = self._action(
            self.tr("&First steps"), "F1", self.hintRequested, self.tr("Show the hint again")
        )
        self.about_action = self._action(
            self.tr("&About Glyphpad"), "", self.aboutRequested, self.tr("Which version this is")
        )
        self.about_action.setMenuRole(QAction.MenuRole.AboutRole)

    def _make_correcting_actions(self) -> None:
        self.join_action = self._action(
            self.tr("&Join with the next"),
            "Ctrl+J",
            self.joinRequested,
            self.tr("The selected character and the next one are one"),
        )
        self.split_action = self._action(
            self.tr("&Split"),
            "Ctrl+Shift+J",
            self.splitRequested,
            self.tr("The selected character is two"),
        )
        self.read_again_action = self._action(
            self.tr("&Read again"),
            "Ctrl+R",
            self.readAgainRequested,
            self.tr("Forget what was put right about the selected character"),
        )
        self.delete_glyph_action = self._action(
            self.tr("&Delete character"),
            "Ctrl+Del",
            self.deleteGlyphRequested,
            self.tr("Take the ink of the selected character off the pad"),
        )
        self.next_glyph_action = self._action(
            self.tr("&Next character"),
            "Alt+Right",
            lambda: self.stepRequested.emit(1),
            self.tr("Select the next character"),
        )
        self.previous_glyph_action = self._action(
            self.tr("&Previous character"),
            "Alt+Left",
            lambda: self.stepRequested.emit(-1),
            self.tr("Select the character before"),
        )
        self.offer_corrections(join=False, split=False, delete=False, again=False)

    def _make_menus(self) -> None:
        menus = {
            self.tr("&File"): (
                self.open_action,
                self.open_folder_action,
                self.history_action,
                self.save_action,
                self.export_action,
                self.page_actions.export_all_action,
                self.cancel_action,
                None,
                self.previous_action,
                self.next_action,
                *self.page_actions.close_actions(),
                None,
                self.quit_action,
            ),
            self.tr("&Edit"): (
                self.undo_action,
                self.redo_action,
                self.clear_action,
                None,
                self.copy_action,
                self.copy_words_action,
                self.copy_picture_action,
                self.paste_action,
                None,
                *self.tools.edit_actions(),
                None,
                self.settings_action,
            ),
        }
        for title, actions in menus.items():
            menu = self.menuBar().addMenu(title)
            for action in actions:
                menu.addSeparator() if action is None else menu.addAction(action)
        self._make_character_menu()
        view = self.menuBar().addMenu(self.tr("&View"))
        view.addAction(self.pad_action)
        view.addAction(self.page_actions.list_action)
        view.addSeparator()
        view.addActions(self.tools.view_actions())
        view.addSeparator()
        view.addActions(self.page_actions.looking_actions())
        view.addActions(self.page_actions.size_actions())
        view.addSeparator()
        view.addMenu(self.tr("&Theme")).addActions(self.theme_group.actions())
        self.menuBar().addMenu(self.tools.menu())
        engine = self.menuBar().addMenu(self.tr("E&ngine"))
        engine.addActions(self.engine_group.actions())
        about = self.menuBar().addMenu(self.tr("&Help"))
        about.addActions([self.hint_action, self.about_action])

    def _make_character_menu(self) -> None:
        menu = self.menuBar().addMenu(self.tr("&Character"))
        menu.addActions([self.next_glyph_action, self.previous_glyph_action])
        menu.addSeparator()
        menu.addActions([self.join_action, self.split_action, self.read_again_action])
        menu.addSeparator()
        menu.addAction(self.delete_glyph_action)

    def _make_toolbar(self) -> None:
        bar = QToolBar(self.tr("Tools"))
        bar.setMovable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        bar.addActions([self.undo_action, self.redo_action, self.clear_action])
        bar.addSeparator()
        bar.addActions([self.open_action, self.paste_action, self.pad_action])
        bar.addSeparator()
        bar.addActions([self.previous_action, self.next_action])
        self.addToolBar(bar)
        self.toolbar = bar
        self.addToolBarBreak()
        self.pad_bar, self.page_bar = self.tools.toolbar(), self.page_actions.toolbar()
        self.addToolBar(self.pad_bar)
        self.addToolBar(self.page_bar)

    def _lay_out(self) -> None:
        self._views.addWidget(self.canvas)
        splitter = QSplitter()
        middle = QWidget()
        middle.setLayout(self._middle)
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.addWidget(self._views_frame, 1)
        splitter.addWidget(middle)
        splitter.addWidget(_Side(self._side()))
        splitter.setStretchFactor(0, 1)
        splitter.setChildrenCollapsible(False)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.addWidget(self.notice)
        column.addWidget(self.hint)
        self._row.addWidget(splitter, 1)
        column.addLayout(self._row, 1)
        self.setCentralWidget(centre)
        self.statusBar().addPermanentWidget(self.busy_bar)
        self.statusBar().addPermanentWidget(self.engine_label)
        self.show_pad()

    def _side(self) -> QWidget:
        """The choices above, the result below."""
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._choice_form())
        self._add_beside(self.tr("Text"), self.panel)
        self.side_tabs.setAccessibleName(self.tr("What was read"))
        self.side_tabs.setExpanding(False)
        self.side_tabs.currentChanged.connect(self._side_views.setCurrentIndex)
        column.addWidget(self.side_tabs)
        column.addWidget(self._side_views, 1)
        return side

    def _add_beside(self, title: str, view: QWidget) -> None:
        self.side_tabs.addTab(title)
        self._side_views.addWidget(view)

    def _choice_form(self) -> QFormLayout:
        form = QFormLayout()
        for text, box in (
            (self.tr("&Alphabet"), self.alphabet_box),
            (self.tr("On the &pad"), self.layout_box),
            (self.tr("&Model"), self.model_box),
        ):
            form.addRow(text, box)
        return form

    def _show_for(self, *, page: bool) -> None:
        """Offers what can be done with a picture, or with the pad."""
        self.pad_action.setEnabled(page)
        self.layout_box.setEnabled(not page)
        self.page_actions.show_for(page=page)
        self.tools.guides_action.setEnabled(not page)
        self.pad_bar.setVisible(not page)
        self.page_bar.setVisible(page)
        self.side_tabs.setVisible(page)
        self.panel.show_for(page=page)
        if not page:
            self.show_beside(self.panel)

    def _action(
        self,
        text: str,
        keys: QKeySequence.StandardKey | str,
        chosen: SignalInstance | Callable[[], None],
        tip: str,
    ) -> QAction:
        action = QAction(text, self)
        if isinstance(keys, str):
            action.setShortcut(QKeySequence(keys))
        else:
            action.setShortcuts(keys)
        action.setToolTip(tip)
        action.setStatusTip(tip)
        action.triggered.connect(chosen)
        return action

    def _choices(
        self, entries: tuple[tuple[str, str], ...], signal: SignalInstance
    ) -> QActionGroup:
        group = QActionGroup(self)
        for name, text in entries:
            action = QAction(text, group)
            action.setCheckable(True)
            action.setData(name)
        group.triggered.connect(lambda action: signal.emit(action.data()))
        return group


def _has_pictures(mime: QMimeData) -> bool:
    from desktop.pages.loose_pictures import has_pictures

    return has_pictures(mime)


def _choice_box(name: str, tip: str, chosen: SignalInstance) -> QComboBox:
    """A box that tells of what a person chooses by the name of the entry."""
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(tip)
    box.activated.connect(lambda _index: chosen.emit(box.currentData()))
    return box


class _Side(QScrollArea):
    """A view that can be scrolled up and down where the screen is too low for it, and that is never
    narrower than what is in it: how wide that is, the style says, which a theme may change."""

    def __init__(self, view: QWidget) -> None:
        super().__init__()
        self._view = view
        self.setWidget(view)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # what is in it takes the focus
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def minimumSizeHint(self) -> QSize:
        """As wide as the view and a bar beside it."""
        bar = self.verticalScrollBar().sizeHint().width()
        least = self._view.minimumSizeHint().width()
        return QSize(least + bar, super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Passes on that the view wants another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
