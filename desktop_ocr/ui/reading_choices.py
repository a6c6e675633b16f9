"""How pages are read: which recogniser, with what help, and what counts as doubtful."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from desktop_ocr.document.model import Page
from desktop_ocr.engine.events import ReadOptions
from desktop_ocr.errors import DesktopOcrError, ModelError
from desktop_ocr.ui.actions import Actions
from desktop_ocr.ui.document_controller import DocumentController, PageState
from desktop_ocr.ui.engine_controller import EngineController
from desktop_ocr.ui.settings import READING_SWITCHES, Settings

if TYPE_CHECKING:
    from desktop_ocr.engine.correct.rules import Rules
    from desktop_ocr.engine.recognize.model_files import InstalledModel


class ReadingChoices(QObject):
    """Keeps the choices in the settings and hands them to whoever reads and shows.

    Args:
        commands: The switches among the commands.
        reading_menu: Where the recognisers are added.

    Attributes:
        models: The menu of recognisers.

    Signals:
        rules_changed: The :class:`Rules` to suggest from; None where they are off.
        page_outdated: Whether the page in view was read with other choices than those in force
            now; said when they change, and when it holds no longer.
        model_gone: Name of a chosen recogniser that cannot be used; the program's own reads on.
    """

    rules_changed = Signal(object)
    page_outdated = Signal(bool)
    model_gone = Signal(str)

    def __init__(
        self,
        document: DocumentController,
        engine: EngineController,
        settings: Settings,
        commands: Actions,
        reading_menu: QMenu,
    ) -> None:
        super().__init__(reading_menu)
        self._document, self._engine, self._settings = document, engine, settings
        self._rules: Rules | None = None
        self._read_with: dict[str, ReadOptions] = {}  # pages that were read since the start
        engine.options = settings.reading
        for name in READING_SWITCHES:
            commands[f"use_{name}"].setChecked(getattr(engine.options, name))
        self.models = reading_menu.addMenu("")
        self.models.aboutToShow.connect(self._list_models)
        document.set_doubt(settings.doubt)
        document.doubt_changed.connect(self._keep_doubt)
        document.page_state_changed.connect(self._follow_state)
        document.current_page_changed.connect(self._follow_page)
        engine.preparation.rules_loaded.connect(self._take_rules)
        engine.preparation.model_used.connect(self._follow_model)
        engine.preparation.model_refused.connect(self._refuse_model)
        self.retranslate()

    def start(self) -> None:
        """Ask for the recogniser that was chosen last time."""
        name = self._settings.model
        if name:
            try:
                chosen = next((m for m in _installed() if m.identifier == name), None)
            except ModelError:  # the program's own: the engine says so when it loads it
                return
            if chosen is None:
                self._forget_model()
            else:
                self._engine.use_model(chosen.folder)

    def retranslate(self) -> None:
        """Show all texts in the language of the window."""
        self.models.setTitle(self.tr("Recognition &model"))

    # --- switches -------------------------------------------------------------------------

    def switch(self, name: str, on: bool) -> None:
        """Read with or without one of the helps.

        Args:
            name: Member of :class:`ReadOptions`.
            on: Whether it is used.
        """
        self._engine.options = replace(self._engine.options, **{name: on})  # type: ignore[arg-type]
        self._settings.reading = self._engine.options
        if name == "rules":
            self._announce_rules()
        self._offer_to_read_again()

    def _take_rules(self, rules: Rules) -> None:
        self._rules = rules
        self._announce_rules()

    def _announce_rules(self) -> None:
        self.rules_changed.emit(self._rules if self._engine.options.rules else None)

    def _offer_to_read_again(self) -> None:
        self.page_outdated.emit(self._is_outdated())

    def _is_outdated(self) -> bool:
        """Say whether the page in view would be read with other choices now."""
        page = self._document.current_page
        if page is None or self._document.page_state(page.id) is not PageState.DONE:
            return False
        options = self._read_with.get(page.id, _options_of(page))
        return options != self._engine.options or page.provenance.model_id != self._engine.model_id

    def _follow_state(self, page_id: str) -> None:
        if self._document.page_state(page_id) is PageState.READING:
            self._read_with[page_id] = self._engine.options
        self._follow_page()

    def _follow_page(self) -> None:
        if not self._is_outdated():
            self.page_outdated.emit(False)

    def _keep_doubt(self, doubt: float) -> None:
        self._settings.doubt = doubt

    # --- recognisers ----------------------------------------------------------------------

    def _list_models(self) -> None:
        """Fill the menu with what is installed now."""
        self.models.clear()
        try:
            models = _installed()
        except ModelError:
            models = []
        known = {model.identifier for model in models}
        current = self._settings.model if self._settings.model in known else ""
        for number, model in enumerate(models):
            text = self.tr("{name} (built in)") if model.builtin else self.tr("{name} (imported)")
            action = self.models.addAction(text.format(name=model.identifier.replace("&", "&&")))
            action.setCheckable(True)
            # The program's own comes first; no name in the settings stands for it.
            action.setChecked(model.identifier == current if current else number == 0)
            action.setData(model if number else None)
            action.triggered.connect(self._choose_model)

    def _choose_model(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        model: InstalledModel | None = action.data()
        name = "" if model is None else model.identifier
        if name != self._settings.model:
            self._settings.model = name
            self._engine.use_model(None if model is None else model.folder)

    def _follow_model(self) -> None:
        self._offer_to_read_again()

    def _refuse_model(self, _error: DesktopOcrError) -> None:
        self._forget_model()

    def _forget_model(self) -> None:
        name, self._settings.model = self._settings.model, ""
        self.model_gone.emit(name)


def _options_of(page: Page) -> ReadOptions | None:
    """Return what a page was read with, as far as its provenance tells."""
    steps = {step.name: step.parameters for step in page.provenance.steps}
    if "recognize" not in steps:
        return None
    told = steps["recognize"]
    return ReadOptions(
        language=bool(told.get("language")), second=bool(told.get("second")), rules="rules" in steps
    )


def _installed() -> list[InstalledModel]:
    from desktop_ocr.engine.recognize.model_files import installed_models

    return installed_models()
