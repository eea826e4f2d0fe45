"""Boxes on the page of a case. Whoever has something to show there adds a class, and touches no template of the page::

    # moderation/case_panels/<subject>.py – or ``case_panels.py`` of a room above; both are found by themselves
    @case_panel
    class Similar(CasePanel):
        template = "moderation/cms/parts/similar.html"
        place, order = "main", 40

        def context(self, case, user):
            found = similar_to(case, user)
            return {"found": found} if found else None      # None: the box is not there

The template stands in the page's own context (``case``, ``user``, ``request``, ``query``, ``form``, ``is_open``, ``held``,
``decided``, ``row``) with the returned values added, so ``{% csrf_token %}`` works. Use ``<section class="mod-box"
aria-labelledby="…"><h2 id="…">``. A box with a form of its own posts to its own address (a ``OneCase`` view) and leads back.

Places, from the top:

- ``top``: across the page, above the contribution (notices, warnings)
- ``main``: the wide column, below the contribution as everybody would see it
- ``form``: inside the form of the decision, above its button (fields posted with the decision; no ``<form>`` in there).
  To act on them, override nothing here: read them in ``DecisionForm`` or listen to ``decision_made``.
- ``side``: the narrow column, between form and letter
- ``end``: below everything

Orders in ``main``: 10 reports, 20 what counts here, 30 earlier decisions, 40 alike, 50 the author, 60 the course.
The page of a complaint can show them too: ``{% load moderation %}{% case_panels "main" %}`` with ``case`` in its context.
"""

from typing import Any, ClassVar

from moderation.models import Case

PLACES = ("top", "main", "form", "side", "end")


class CasePanel:
    """A box on the page of a case: where it stands and what it shows."""

    template: ClassVar[str]
    place: ClassVar[str] = "main"
    order: ClassVar[int] = 70
    #: kinds it is for; empty means all
    kinds: ClassVar[tuple[str, ...]] = ()

    def context(self, case: Case, user: Any) -> dict[str, Any] | None:
        """Return what the template needs, or None when there is nothing to show; ``user`` may see the case."""
        return {}


_panels: list[CasePanel] = []


def case_panel(cls: type[CasePanel]) -> type[CasePanel]:
    """Register a box; registering it twice is harmless, a place that does not exist is an error."""
    if cls.place not in PLACES:
        raise ValueError(f"There is no place {cls.place} on the page of a case.")
    if not any(type(panel) is cls for panel in _panels):
        _panels.append(cls())
        _panels.sort(key=lambda panel: (panel.order, type(panel).__name__))
    return cls


def shown(place: str, case: Case, user: Any) -> list[tuple[str, dict[str, Any]]]:
    """Return the boxes of a place in order: template and context of each."""
    fitting = [panel for panel in _panels if panel.place == place and (not panel.kinds or case.kind in panel.kinds)]
    found = [(panel.template, panel.context(case, user)) for panel in fitting]
    return [(template, context) for template, context in found if context is not None]
