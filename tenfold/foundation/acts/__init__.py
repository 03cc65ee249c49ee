"""What officials do: services that check the right, open the transaction, write the audit, mark facts dirty.

Outside a service (and a few named contexts) the connection refuses to write.
"""

from tenfold.foundation.scope.guard import WriteRefused, permitted

from .service import Refused, note, service, touch

__all__ = ["Refused", "WriteRefused", "note", "permitted", "service", "touch"]
