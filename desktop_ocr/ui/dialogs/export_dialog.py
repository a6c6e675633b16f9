"""Asks what to export and where to; stays open where that fails."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop_ocr.document.model import Page
from desktop_ocr.errors import DesktopOcrError, OutputError, OutputExistsError
from desktop_ocr.ui.dialogs.open_work import OpenWork
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.engine_controller import EngineController
from desktop_ocr.ui.error_text import error_text
from desktop_ocr.ui.review.hints import Hints
from desktop_ocr.ui.settings import Settings
from desktop_ocr.ui.theme import GRID

if TYPE_CHECKING:
    from desktop_ocr.export import ExportFormat

LONGEST_STEM = 80
"""Characters of a file's name that a suggested name takes over."""


class ExportDialog(QDialog):
    """Format, pages and target of an export.

    Signals:
        exported: Path that was written, and whether its folder is to be shown.
        show_critical: The person wants to see critical places first that nobody has reviewed;
            the ids of the pages that were to be exported. The dialog is closed.
    """

    exported = Signal(object, bool)
    show_critical = Signal(object)

    def __init__(
        self,
        document: DocumentController,
        engine: EngineController,
        settings: Settings,
        hints: Hints,
        parent: QWidget | None = None,
    ) -> None:
        from desktop_ocr.export import ExportFormat

        super().__init__(parent)
        self.setModal(True)
        self.setMinimumWidth(72 * GRID)
        self._document, self._engine, self._settings = document, engine, settings
        document.commit_pending.emit()
        self._job = 0
        self._replaceable: Path | None = None  # the person agreed to replace this file
        self._formats = list(ExportFormat)
        self._format = QComboBox()
        self._format.setObjectName("format")
        for _ in self._formats:
            self._format.addItem("")
        self._all = QRadioButton()
        self._current = QRadioButton()
        self._all.setChecked(True)
        group = QButtonGroup(self)
        group.addButton(self._all)
        group.addButton(self._current)
        pages = QHBoxLayout()
        pages.setSpacing(2 * GRID)
        pages.addWidget(self._all)
        pages.addWidget(self._current)
        pages.addStretch(1)
        self._path = QLineEdit()
        self._path.setObjectName("path")
        self._browse = QPushButton()
        self._browse.setAutoDefault(False)
        target = QHBoxLayout()
        target.setSpacing(GRID)
        target.addWidget(self._path, 1)
        target.addWidget(self._browse)
        self._reviews = QCheckBox()
        self._reviews.setChecked(settings.text("export/reviews") != "no")
        self._show_folder = QCheckBox()
        self._show_folder.setChecked(settings.text("export/show_folder") == "yes")
        self._labels = [QLabel() for _ in range(3)]
        self._labels[0].setBuddy(self._format)
        self._labels[2].setBuddy(self._path)
        form = QGridLayout()
        form.setColumnStretch(1, 1)
        form.setHorizontalSpacing(2 * GRID)
        form.setVerticalSpacing(2 * GRID)
        form.addWidget(self._labels[0], 0, 0)
        form.addWidget(self._format, 0, 1)
        form.addWidget(self._labels[1], 1, 0)
        form.addLayout(pages, 1, 1)
        form.addWidget(self._labels[2], 2, 0)
        form.addLayout(target, 2, 1)
        form.addWidget(self._reviews, 3, 1)
        form.addWidget(self._show_folder, 4, 1)
        for field in (self._format, self._path, self._browse):
            field.setMinimumHeight(4 * GRID)
        self._open_work = OpenWork(document, hints)
        self._open_work.show_critical.connect(self._leave_for_critical)
        self._error = QLabel()
        self._error.setObjectName("error")
        self._error.setWordWrap(True)
        self._error.hide()
        self._cancel = QPushButton()
        self._cancel.setAutoDefault(False)
        self._export = QPushButton()
        self._export.setObjectName("export")
        self._export.setDefault(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._export)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addLayout(form)
        layout.addWidget(self._open_work)
        layout.addWidget(self._error)
        layout.addStretch(1)
        layout.addLayout(buttons)

        last = settings.text("export/format")
        kinds = [kind.value for kind in self._formats]
        self._format.setCurrentIndex(kinds.index(last) if last in kinds else 0)
        self._path.setText(str(self._suggested()))
        self._retranslate()
        self._follow_kind()
        self._count_open_work()
        self._format.currentIndexChanged.connect(self._follow_format)
        self._current.toggled.connect(self._count_open_work)
        self._path.textChanged.connect(self._follow_path)
        self._browse.clicked.connect(self._choose)
        self._cancel.clicked.connect(self.reject)
        self._export.clicked.connect(self._start)
        engine.urgent.exported.connect(self._on_exported)
        engine.urgent.export_failed.connect(self._on_failed)

    # --- choices --------------------------------------------------------------------------

    @property
    def path(self) -> Path:
        """The target as it stands in the field."""
        path = Path(self._path.text().strip())
        return path.expanduser() if path.parts[:1] == ("~",) else path

    @property
    def kind(self) -> ExportFormat:
        """The format that is chosen."""
        return self._formats[self._format.currentIndex()]

    def _pages(self) -> list[Page]:
        current = self._document.current_page
        if self._current.isChecked() and current is not None:
            return [current]
        return self._document.document.pages

    def _suggested(self) -> Path:
        """Return a free name made from the first file's name."""
        pages = self._document.document.pages
        stem = Path(pages[0].file).stem if pages else ""
        # Names end at 255 bytes on most disks; a Chinese character takes three.
        stem = stem[:LONGEST_STEM] or self.tr("Document")
        folder = self._settings.folder("export")
        path = folder / f"{stem}.{self.kind.value}"
        number = 2
        while _exists(path):
            path = folder / f"{stem} ({number}).{self.kind.value}"
            number += 1
        return path

    def _follow_kind(self) -> None:
        # JSON holds reviews in any case; plain text and rows are the text alone.
        self._reviews.setVisible(self.kind.value == "docx")

    def _follow_format(self) -> None:
        self._follow_kind()
        path = self.path
        known = {f".{kind.value}" for kind in self._formats}
        if path.suffix.lower() in known:
            self._path.setText(str(path.with_suffix(f".{self.kind.value}")))

    def _follow_path(self) -> None:
        self._replaceable = None  # who comes back to a name is asked again
        self._error.hide()
        self._export.setText(self.tr("Export"))
        self._export.setEnabled(bool(self._path.text().strip()) and not self._job)

    def _count_open_work(self) -> None:
        self._open_work.count(self._pages())

    def _leave_for_critical(self) -> None:
        ids = [page.id for page in self._pages()]
        self.reject()
        self.show_critical.emit(ids)

    def _with_suffix(self, path: Path) -> Path:
        """Return a path that ends as files of the format do; a point in a date is no suffix."""
        suffix = f".{self.kind.value}"
        return path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)

    def _choose(self) -> None:
        """Let the person choose a file; replacing one is asked by that dialog."""
        chosen, _filter = QFileDialog.getSaveFileName(
            self,
            self.tr("Export to"),
            str(self.path),
            f"{self._name(self.kind)} (*.{self.kind.value})",
        )
        if chosen:
            self._path.setText(str(self._with_suffix(Path(chosen))))
            self._replaceable = Path(chosen)

    # --- writing --------------------------------------------------------------------------

    def _start(self) -> None:
        path = self._settings.folder("export") / self.path
        if _is_folder(path):
            self._show_error(error_text(OutputError(path, "This is a folder.")))
            return
        path = self._with_suffix(path)
        if _exists(path) and path != self._replaceable:
            self._show_error(error_text(OutputExistsError(path)))
            self._export.setText(self.tr("Replace"))
            self._replaceable = path
            return
        ids = [page.id for page in self._pages()]
        self._set_working(True)
        self._job = self._engine.urgent.export(
            self._document.snapshot(ids),
            path,
            self.kind,
            overwrite=path == self._replaceable,
            doubt=self._document.doubt,
            reviews=self._reviews.isChecked(),
        )

    def _on_exported(self, job_id: int, path: Path) -> None:
        if job_id != self._job:
            return
        self._job = 0
        whole = len(self._pages()) == len(self._document.document.pages)
        self._document.mark_exported(None if whole else [page.id for page in self._pages()])
        self._settings.set_folder("export", path.parent)
        self._settings.set_text("export/format", self.kind.value)
        show = self._show_folder.isChecked()
        self._settings.set_text("export/show_folder", "yes" if show else "no")
        self._settings.set_text("export/reviews", "yes" if self._reviews.isChecked() else "no")
        self.exported.emit(path, show)
        self.accept()

    def _on_failed(self, job_id: int, error: DesktopOcrError) -> None:
        if job_id == self._job:
            self._set_working(False)
            self._show_error(error_text(error))
            self._path.setFocus()  # it was disabled meanwhile, and is most likely what is wrong

    def _set_working(self, working: bool) -> None:
        if not working:
            self._job = 0
        fields: tuple[QWidget, ...] = (
            self._format, self._all, self._current, self._path, self._browse, self._reviews,
            self._open_work,
        )  # fmt: skip
        for widget in fields:
            widget.setEnabled(not working)
        self._export.setEnabled(not working)
        self._export.setText(self.tr("Exporting…") if working else self.tr("Export"))
        self._cancel.setEnabled(not working)

    def _show_error(self, sentence: str) -> None:
        self._error.setText(sentence)
        self._error.show()

    @property
    def error_sentence(self) -> str:
        """What the dialog says went wrong; "" for nothing."""
        return self._error.text() if self._error.isVisibleTo(self) else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._job and event.key() == Qt.Key.Key_Escape:
            return  # the file is being written
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._job:
            event.ignore()
        else:
            super().closeEvent(event)

    # --- texts ----------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    @staticmethod
    def _name(kind: ExportFormat) -> str:
        names = {
            "docx": QCoreApplication.translate("ExportDialog", "Word document"),
            "json": QCoreApplication.translate(
                "ExportDialog", "JSON with positions and confidences"
            ),
            "txt": QCoreApplication.translate("ExportDialog", "Plain text"),
            "tsv": QCoreApplication.translate("ExportDialog", "Table of lines"),
            "csv": QCoreApplication.translate("ExportDialog", "Fields and laboratory rows"),
        }
        return names.get(kind.value, kind.value)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Export"))
        for i, kind in enumerate(self._formats):
            self._format.setItemText(i, f"{self._name(kind)} (.{kind.value})")
        count = len(self._document.document.pages)
        self._all.setText(self.tr("All pages (%n)", "", count))
        self._current.setText(self.tr("This page only"))
        self._current.setEnabled(count > 1)
        self._browse.setText(self.tr("Browse…"))
        self._reviews.setText(self.tr("Add who reviewed what and when"))
        self._show_folder.setText(self.tr("Open the folder afterwards"))
        self._labels[0].setText(self.tr("Format"))
        self._labels[1].setText(self.tr("Pages"))
        self._labels[2].setText(self.tr("File"))
        self._cancel.setText(self.tr("Cancel"))
        self._export.setText(self.tr("Export"))


def _exists(path: Path) -> bool:
    """Say whether there is a file; where that cannot be known, writing it gives the reason."""
    try:
        return path.exists()
    except OSError:  # a folder without rights, a name that is too long
        return False


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False
