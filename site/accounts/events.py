"""What this room announces: ``account_mail_written(mail_id)``, ``name_changed(person_id)``."""
