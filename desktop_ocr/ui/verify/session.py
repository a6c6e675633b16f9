"""One round of verification: which group is looked at, what was decided, what comes next."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_ocr.errors import EditError
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.history import Step
from desktop_ocr.ui.verify.decisions import confirmation, correction
from desktop_ocr.ui.verify.fates import Fates
from desktop_ocr.ui.verify.gathering import Gathering
from desktop_ocr.ui.verify.groups import Group, Occurrence, State, grouped, offers
from desktop_ocr.ui.verify.later import Later
from desktop_ocr.ui.verify.loading import LineLoader
from desktop_ocr.ui.verify.pictures import CropStore
from desktop_ocr.ui.verify.ranking import Ranking

SETTLED_S = 1.5
"""After so long a sheet keeps its order, whatever pictures still come in."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is shown at once: the first open characters of a group."""

    group: Group
    members: tuple[Occurrence, ...]


class Session(QObject):
    """The groups of a document, and the sheet that is looked at.

    Attributes:
        pictures: Where the pictures of characters come from.
        fates: What became of characters.
        later: What was put off.
        groups: In the order in which they are gone through.
        sheet: What is shown; None before the first and after the last.
        current: Index of the member that keys act on.

    Signals:
        gathered: Pages gone through, and pages in all.
        groups_changed: The groups, their order or what is done of them changed.
        sheet_changed: Another sheet is shown, or in another order.
        states_changed: What became of members of the sheet changed.
        current_changed: Another member is current.
    """

    gathered = Signal(int, int)
    groups_changed = Signal()
    sheet_changed = Signal()
    states_changed = Signal()
    current_changed = Signal()

    def __init__(
        self, controller: DocumentController, later: Later, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self.later = later
        self.pictures = CropStore(controller, self)
        self.fates = Fates(controller)
        self.groups: list[Group] = []
        self.sheet: Sheet | None = None
        self.current = -1
        self._room = 1
        self._done: set[str] = set()
        self._ranking = Ranking(self.pictures)
        self._past: list[Sheet] = []
        self._open_round = False
        self._gathering = Gathering(controller, self)
        self._gathering.progressed.connect(self.gathered)
        self._gathering.finished.connect(self._take_groups)
        self._shown_at = 0.0
        self._touched = False
        self._wanted_reading: str | None = None
        self._loading = LineLoader(controller, self)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._follow)
        controller.line_changed.connect(self._take_line)
        controller.lines_changed.connect(self._take_lines)
        controller.texts_changed.connect(self._take_lines)
        controller.page_removed.connect(self._take_lines)
        controller.page_state_changed.connect(self._take_page_state)
        self.pictures.ready.connect(self._take_pictures)

    # --- gathering ----------------------------------------------------------------------------

    @property
    def is_gathering(self) -> bool:
        """Whether the characters of the document are still being gone through."""
        return self._gathering.is_running

    @property
    def is_open(self) -> bool:
        """Whether there is a round that was not closed."""
        return self._open_round

    def start(self) -> None:
        """Begin a round; the group that was looked at last comes first."""
        self._controller.commit_pending.emit()
        self._wanted_reading = None if self.sheet is None else self.sheet.group.reading
        self.groups, self.sheet, self.current = [], None, -1
        self._done.clear()
        self._past.clear()
        self._ranking.clear()
        self.fates.clear()
        self._open_round = True
        self._gathering.start()
        self.groups_changed.emit()
        self.sheet_changed.emit()

    def close(self) -> None:
        """End the round and let go of its pictures."""
        self._open_round = False
        self._gathering.stop()
        self._loading.stop()
        self.pictures.want({})
        self.pictures.stop()

    def _take_groups(
        self, groups: list[Group], by_page: Mapping[str, Sequence[Occurrence]]
    ) -> None:
        self.later.find(one for found in by_page.values() for one in found)
        self.groups = sorted(groups, key=lambda group: group.reading in self.later.groups)
        self.pictures.want(by_page)
        self._follow_later()
        QTimer.singleShot(0, self, self._show_first)  # in a turn of its own

    def _show_first(self) -> None:
        if self._open_round and self.sheet is None:
            wanted = [group for group in self.groups if group.reading == self._wanted_reading]
            self._show_group(wanted[0] if wanted else self._next_group())

    def _take_page_state(self, page_id: str) -> None:
        """Add the characters of a page that was read while others are looked at."""
        found = self._gathering.new_on(page_id) if self._open_round else None
        if found is None:
            return
        self.later.find(found)
        known = {group.reading: group for group in self.groups}
        for group in grouped(found):
            if group.reading in known:
                for member in group.members:
                    known[group.reading].add(member)
                self._done.discard(group.reading)
            else:
                self.groups.append(group)
        self.pictures.add(page_id, found)
        self._follow_later()
        if self.sheet is None:
            self._show_group(self._next_group())

    # --- what is shown ------------------------------------------------------------------------

    def set_room(self, count: int) -> None:
        """Say how many characters can be seen at once."""
        if count == self._room:
            return
        self._room = max(1, count)
        if self.sheet is not None:
            kept = self.sheet.members[: self._room]
            shown = {member.key for member in self.sheet.members}
            more = (m for m in self._open(self.sheet.group) if m.key not in shown)
            members = (*kept, *islice(more, self._room - len(kept)))
            if members != self.sheet.members:
                self.sheet = Sheet(self.sheet.group, members)
                self.current = min(self.current, len(members) - 1)
                self.sheet_changed.emit()

    def show(self, group: Group) -> None:
        """Show the first open characters of a group."""
        self._show_group(group)

    def step(self, by: int) -> None:
        """Show the group after (1) or before (-1) the one that is shown."""
        if self.sheet is None:
            if self.groups:
                self._show_group(self.groups[0 if by > 0 else -1])
            return
        at = self.groups.index(self.sheet.group) + by
        if 0 <= at < len(self.groups):
            self._show_group(self.groups[at])

    def set_current(self, index: int) -> None:
        """Let keys act on a member of the sheet."""
        known = self.sheet is not None and 0 <= index < len(self.sheet.members)
        if known and index != self.current:
            self.current = index
            self.current_changed.emit()

    @property
    def occurrence(self) -> Occurrence | None:
        """The current member of the sheet."""
        if self.sheet is None or not 0 <= self.current < len(self.sheet.members):
            return None
        return self.sheet.members[self.current]

    def _show_group(self, group: Group | None) -> None:
        if group is None:
            self.sheet, self.current = None, -1
        else:
            self._ranking.sort(group)
            # Of a group that is done, everything is shown again.
            members = tuple(islice(self._open(group), self._room)) or tuple(
                islice((m for m in group.members if self.state(m) is not State.GONE), self._room)
            )
            self.sheet = Sheet(group, members)
            self.current = 0 if members else -1
            self.pictures.put_first(self.sheet.members)
            self._loading.load({member.page_id for member in members})
        self._shown_at, self._touched = time.monotonic(), False
        self.sheet_changed.emit()
        self.current_changed.emit()

    def _open(self, group: Group) -> Iterator[Occurrence]:
        """Yield what is still to be decided of a group."""
        marked = group.reading == ""
        for member in group.members:
            if self.state(member) is State.OPEN and (marked or member not in self.later):
                yield member

    def _next_group(self) -> Group | None:
        waiting = [g for g in self.groups if g.reading not in self._done and any(self._open(g))]
        fresh = [g for g in waiting if g.reading and g.reading not in self.later.groups]
        again = [g for g in waiting if g.reading in self.later.groups]
        return next(iter([*fresh, *again, *waiting]), None)

    def _take_pictures(self, _page_id: str) -> None:
        fresh = time.monotonic() - self._shown_at < SETTLED_S
        if self.sheet is not None and fresh and not self._touched and self.current <= 0:
            self._ranking.sort(self.sheet.group)
            members = tuple(islice(self._open(self.sheet.group), self._room))
            members = members or self.sheet.members
            if members != self.sheet.members:
                self.sheet = Sheet(self.sheet.group, members)
                self.sheet_changed.emit()
                self.current_changed.emit()
        self.states_changed.emit()

    # --- what became of a character -----------------------------------------------------------

    def state(self, occurrence: Occurrence) -> State:
        """Return what became of a character."""
        return self.fates.state(occurrence)

    def shown_text(self, occurrence: Occurrence) -> str:
        """Return what stands in the place of a character now."""
        standing = self.fates.standing(occurrence)
        return "" if standing is None else standing.text(occurrence.character)

    def offers(self) -> tuple[str, ...]:
        """Return the readings that are offered for the current member."""
        occurrence = self.occurrence
        if self.sheet is None or occurrence is None:
            return ()
        return offers(self.sheet.group, self.fates.char(occurrence))

    def is_done(self, group: Group) -> bool:
        """Say whether a group was gone through."""
        return group.reading in self._done

    # --- decisions ----------------------------------------------------------------------------

    def correct(self, text: str) -> bool:
        """Put something else in the place of the current member; "" takes it out of the text.

        Returns:
            Whether that was possible: the place may be gone, or nobody can tell any more where it
            is in the text.
        """
        occurrence = self.occurrence
        changed = None if occurrence is None else self.fates.replaced(occurrence, text)
        if occurrence is None or changed is None:
            return False
        self._touched = True
        edit = correction(occurrence, self.fates.line(occurrence), changed, text)
        if edit is not None:
            self._controller.push(Step.VERIFY_CORRECT, occurrence.page_id, edit)
        self.later.take_up([occurrence])
        self._forward()
        return True

    def toggle_later(self) -> None:
        """Leave the current member for later, or take that back."""
        occurrence = self.occurrence
        if occurrence is None or self.sheet is None:
            return
        self._touched = True
        was_later = occurrence in self.later
        if was_later:
            self.later.take_up([occurrence])
        else:
            self.later.put_off(occurrence)
        self._follow_later()
        self.states_changed.emit()
        if not was_later:
            self._forward()

    def confirm(self) -> None:
        """Confirm what is shown, apart from what was left for later, and go on."""
        sheet = self.sheet
        if sheet is None:
            return
        marked = sheet.group.reading == ""
        chosen = [
            m
            for m in sheet.members
            if (marked or m not in self.later) and self.state(m) is State.OPEN
        ]
        if chosen:
            try:
                self._controller.push(Step.VERIFY_CONFIRM, chosen[0].page_id, confirmation(chosen))
            except EditError:
                return  # a line changed under it; the sheet follows
        if marked:
            self.later.take_up(sheet.members)
        self._past.append(sheet)
        self._go_on(sheet.group)

    def postpone(self) -> None:
        """Put the group off; it comes again after all others."""
        if self.sheet is None:
            return
        group = self.sheet.group
        if len(self.groups) > 1:
            self.groups.remove(group)
            self.groups.append(group)
        self.later.put_off_group(group.reading)
        following = self._next_group()
        self.groups_changed.emit()
        self._show_group(following)

    def _go_on(self, group: Group) -> None:
        """Show the rest of a group, or the next one."""
        rest = any(self._open(group))
        if not rest:
            self._done.add(group.reading)
            self.later.take_up_group(group.reading)
        self._follow_later()
        self.groups_changed.emit()
        self._show_group(group if rest else self._next_group())

    def _forward(self) -> None:
        if self.sheet is not None:
            self.set_current(min(self.current + 1, len(self.sheet.members) - 1))

    def _follow_later(self) -> None:
        """Keep the group of what was left for later at the end."""
        last = next((g for g in self.groups if g.reading == ""), None)
        if self.sheet is not None and self.sheet.group is last and last is not None:
            return  # it stays as it is while it is looked at
        if last is not None:
            self.groups.remove(last)
        if self.later.members:
            later = Group("")
            for member in self.later.members:
                later.add(member)
            self.groups.append(later)
            self._done.discard("")
        self.groups_changed.emit()

    # --- what happens meanwhile ---------------------------------------------------------------

    def _take_line(self, page_id: str, line_id: str) -> None:
        if page_id in self._gathering.seen:
            self.fates.take_line(page_id, line_id)
            self._follow_soon()

    def _take_lines(self, page_id: str) -> None:
        """Look at all lines of a page again: some of them may have gone or come back."""
        if page_id in self._gathering.seen:
            members = (m for group in self.groups for m in group.members)
            self.fates.take_lines(m for m in members if m.page_id == page_id)
            self._follow_soon()

    def _follow_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _follow(self) -> None:
        """Show what became of the sheet; undo of a confirmation brings its sheet back."""
        if self._past and any(self._is_open_again(m) for m in self._past[-1].members):
            self.sheet = self._past.pop()
            self._done.discard(self.sheet.group.reading)
            self.current = max(0, min(self.current, len(self.sheet.members) - 1))
            self._touched = True
            if self.sheet.group not in self.groups:
                self.groups.append(self.sheet.group)
            self.groups_changed.emit()
            self.sheet_changed.emit()
            self.current_changed.emit()
        self.states_changed.emit()

    def _is_open_again(self, member: Occurrence) -> bool:
        return member not in self.later and self.state(member) is State.OPEN
