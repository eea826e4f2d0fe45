"""Who may vote in a campaign, phase by phase, in words people read before. Reads phases that were fetched."""

from django.utils.translation import gettext as _

from ideas.models import Campaign, Phase

Level = Phase.Level


def who_votes(campaign: Campaign) -> list[tuple[str, str]]:
    """Return (phase, sentence) for each phase of voting that asks for more than a mail address, or takes codes."""
    return [(phase.name, words) for phase in campaign.phases.all() if phase.allows_support and (words := asked(phase))]


def asked(phase: Phase) -> str:
    """Return what a phase asks of voters; empty where a mail address is enough."""
    sentences = []
    if phase.level == Level.LETTER:
        sentences.append(_("To vote, an account is proved by a code from a letter, or better."))
    elif phase.level == Level.IDENTITY:
        sentences.append(_("To vote, an account is proved officially."))
    if phase.needs_old_account:
        sentences.append(_("Only accounts count that existed when the vote began."))
    if phase.takes_codes:
        sentences.append(_("With a card of the town and the code on it you vote without an account."))
    return " ".join(sentences)


def takes_codes(campaign: Campaign) -> bool:
    """Tell whether any phase takes voting codes."""
    return any(phase.takes_codes and phase.allows_support for phase in campaign.phases.all())


def asks_for_proof(campaign: Campaign) -> bool:
    """Tell whether any phase asks for more than a mail address."""
    return any(phase.level > Level.MAIL and phase.allows_support for phase in campaign.phases.all())
