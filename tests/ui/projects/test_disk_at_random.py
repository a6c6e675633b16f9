"""A person who does anything in any order: the disk never loses step with the document."""

from __future__ import annotations

import pytest

from desktop_ocr.project import PageFields, Pictures, Project
from desktop_ocr.ui.document_controller import PageState
from desktop_ocr.ui.projects.background import Background
from desktop_ocr.ui.projects.keeper import Keeper, Saving
from tests.ui.test_views_at_random import Person


class SavedPerson(Person):
    """Acts on a document that a project keeps, and lets its lines leave the memory."""

    def __init__(self, seed: int, folder) -> None:
        super().__init__(seed)
        self.folder = folder
        self.background = Background()
        self.keeper = Keeper(self.document, self.background)
        self.keeper.begin(Project.create(folder / "0.docr", pictures=Pictures.EMBEDDED))
        self.copies = 0
        self.actions = (
            *self.actions, self.delete_page, self.release, self.release, self.save_as, self.state,
        )  # fmt: skip

    def delete_page(self) -> None:
        if len(self.document.document.pages) > 1 and self.random.random() < 0.5:
            self.document.delete_page()

    def release(self) -> None:
        self.document.release_lines(1)

    def save_as(self) -> None:
        if self.random.random() < 0.2 and self.copies < 3 and not self.keeper.is_copying:
            self.copies += 1
            path = self.folder / f"{self.copies}.docr"
            done, kind = (lambda _path: None), Pictures.EMBEDDED
            self.keeper.copy_to(path, kind, done, self.fail, overwrite=False)

    def fail(self, error) -> None:
        raise AssertionError(type(error).__name__)

    def state(self) -> None:
        page = self.random.choice(self.document.document.pages)
        self.document.set_page_state(page.id, self.random.choice(list(PageState)), "warum")


@pytest.mark.parametrize("seed", range(3))
def test_the_disk_keeps_in_step_with_the_document(qtbot, tmp_path, seed):
    person = SavedPerson(seed, tmp_path)
    qtbot.addWidget(person.window)
    person.window.show()
    qtbot.waitExposed(person.window)
    for _ in range(200):
        person.act()
        person.check()
    person.commit()
    person.document.commit_pending.emit()
    person.background.drain()
    qtbot.waitUntil(lambda: person.keeper.saving is Saving.SAVED, timeout=20_000)
    path = person.keeper.project.path
    entries = len(list(person.keeper.project.history()))
    lines = [list(page.lines) for page in person.document.document.pages]
    assert person.keeper.release()()
    person.background.close()

    stored = Project.open(path, read_only=True)
    found, wanted = stored.document().pages, person.document.document.pages
    assert [page.id for page in found] == [page.id for page in wanted]
    facts = stored.facts()
    for page, kept, texts in zip(wanted, found, lines, strict=True):
        assert PageFields.of(kept) == PageFields.of(page)
        assert list(kept.lines) == texts
        assert facts[page.id].state == person.document.page_state(page.id).value
        assert stored.picture(page.id).found
    assert len(list(stored.history())) == entries > 0
    stored.close()
