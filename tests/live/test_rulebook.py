"""Every command has one rule and one line in the table of who may; every fact has one change."""

import dataclasses

import pytest

import live
from live import commands, entries
from live.rulebook import CHANGES, RULES
from live.seats import ALLOWED, Audience
from tests.cast import DESCRIBED, MODERATOR, OPENED, play

COMMANDS: set[type] = {getattr(commands, name) for name in commands.__all__} - {commands.Command}
FACTS: set[type] = {getattr(entries, name) for name in entries.__all__} - {
    entries.Entry,
    entries.Fact,
    entries.SupportSet,
}


def test_every_command_has_a_rule_and_no_rule_is_without_a_command():
    assert set(RULES) == COMMANDS


def test_every_command_says_who_may_send_it():
    assert set(ALLOWED) == COMMANDS
    assert all(ALLOWED.values()), "a command that nobody may send is no command"


def test_every_fact_has_a_change_and_no_change_is_without_a_fact():
    assert set(CHANGES) == FACTS


def test_a_support_is_a_row_and_never_an_entry():
    assert not issubclass(entries.SupportSet, entries.Fact)


def test_one_rule_decides_one_command():
    assert len(set(RULES.values())) == len(RULES)
    assert len(set(CHANGES.values())) == len(CHANGES)


@pytest.mark.parametrize("kind", sorted(COMMANDS | FACTS, key=str))
def test_commands_and_facts_cannot_be_changed_once_made(kind):
    assert dataclasses.is_dataclass(kind)
    assert kind.__setattr__ is not object.__setattr__, "frozen=True is missing"
    assert "__dict__" not in dir(kind), "slots keep a mistyped name from becoming a new field"


def test_rules_are_found_by_importing_the_package_alone():
    assert set(live.__all__) >= {rule.__module__.removeprefix("live.") for rule in RULES.values()}


def test_the_public_and_the_hall_screen_only_look():
    for audience in (Audience.PUBLIC, Audience.STAGE):
        assert not [command for command, allowed in ALLOWED.items() if audience in allowed]


def test_an_entry_that_does_not_follow_the_last_one_is_an_error():
    evening = play(*OPENED)
    late = entries.Entry(evening.dialogue.n + 2, evening.now, MODERATOR.id, evening.entries[0].fact)
    with pytest.raises(ValueError, match="entry 5 does not follow 3"):
        evening.dialogue.apply(late)


def test_deciding_changes_nothing():
    evening = play(*OPENED)
    before = evening.dialogue
    evening.send(DESCRIBED)
    assert before.n == 3
    assert evening.dialogue.n == 4
