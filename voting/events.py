"""What happens in this room: ``support_given(idea_id)``, ``support_withdrawn(idea_id)``, ``phase_sealed(phase_id)``.

Nobody learns from an event whose support it was.
"""

SUPPORT_GIVEN = "support_given"
SUPPORT_WITHDRAWN = "support_withdrawn"
PHASE_SEALED = "phase_sealed"
