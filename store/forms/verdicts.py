"""The verdicts of an inspection, as a form offers them and a workbook shows them."""

from store.forms.declaration import Choice
from store.records.inspections import APPROVED, SENT_BACK

CHOICES = (
    Choice(APPROVED, {"zh": "通过", "en": "Approved"}),
    Choice(SENT_BACK, {"zh": "退回", "en": "Sent back"}),
)
LABEL = {"zh": "审核结果", "en": "Verdict"}
