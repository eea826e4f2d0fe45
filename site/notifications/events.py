"""What this room announces: ``message_written(message_id)``, ``messages_gathered(person_id, idea_id)``."""
