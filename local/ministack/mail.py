"""Mail that Amazon SES and Amazon Cognito sent: kept over a restart, and told to our parent as it goes out.

ministack records it in a list for each account and region, which it neither saves nor tells anyone of.
"""

import copy
import json
import threading
from datetime import datetime, timezone

# For each account and region; ministack counts the day's mail by the same list.
KEPT = 1000

# Mail is sent on threads; each tells it in a whole line.
telling = threading.Lock()


def letter(record: dict) -> dict:
    """A record of ministack's, of whichever operation made it, as a reader sees mail."""
    sent = datetime.fromtimestamp(record["Timestamp"], timezone.utc)
    return {
        "to": [address for field in ("To", "CC", "BCC") for address in record.get(field) or []],
        "subject": record.get("Subject") or record.get("RenderedSubject") or "",
        "text": record.get("BodyText") or record.get("RenderedBodyText") or "",
        "html": record.get("BodyHtml") or record.get("RenderedBodyHtml") or "",
        "time": sent.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }


class Mailbox(list):
    """Tells of what is appended, by a line on standard output, and forgets the oldest."""

    def append(self, record: dict):
        super().append(record)
        del self[:-KEPT]
        with telling:
            print(json.dumps({"mail": letter(record)}), flush=True)

    def __deepcopy__(self, memo):
        # Python copies a list by appending, which would tell everything again.
        return copy.deepcopy(list(self), memo)


def adapt_mail(modules: dict):
    """Replaces functions of ministack's SES where it looks them up by their global names."""
    ses = modules["ses"]
    get_state, load_persisted_state = ses.get_state, ses.load_persisted_state

    def mailbox() -> Mailbox:
        found = ses._sent_emails.get("entries")
        if not isinstance(found, Mailbox):
            found = ses._sent_emails["entries"] = Mailbox(found or [])
        return found

    def load(data: dict):
        ses._restore_regional_store(ses._sent_emails, data.get("_sent_emails", {}))
        load_persisted_state(data)

    ses._sent_emails_list = mailbox
    ses.get_state = lambda: {**get_state(), "_sent_emails": copy.deepcopy(ses._sent_emails)}
    ses.load_persisted_state = load


async def mail(modules: dict, request: dict) -> list:
    """Every mail of every account and region, newest first; `to` asks for one address alone."""
    records = [record for box in modules["ses"]._sent_emails.all_values() for record in box]
    letters = [letter(record) for record in sorted(records, key=lambda record: -record["Timestamp"])]
    wanted = (request.get("to") or "").lower()
    return [one for one in letters if not wanted or wanted in (address.lower() for address in one["to"])]
