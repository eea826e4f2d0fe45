"""What happens in this room: ``support_given(idea_id)``, ``support_withdrawn(idea_id)``, ``phase_sealed(phase_id)``,
``phase_reopened(phase_id)``.

Nobody learns from an event whose support it was.
"""

SUPPORT_GIVEN = "support_given"
SUPPORT_WITHDRAWN = "support_withdrawn"
PHASE_SEALED = "phase_sealed"
PHASE_REOPENED = "phase_reopened"
BUDGET_RUN_ASKED = "budget_run_asked"
# threshold_reached(idea_id)
THRESHOLD_REACHED = "threshold_reached"
