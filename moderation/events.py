"""What this room announces: ``case_opened(case_id)``, ``case_closed(case_id)``, ``decision_made(decision_id)``,
``report_received(report_id)``, ``report_mail_written(mail_id)``, ``complaint_received(complaint_id)``,
``complaint_decided(complaint_id)``."""
