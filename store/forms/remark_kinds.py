"""The kinds of remarks, as a workbook shows them."""

from store.forms.declaration import Choice

CHOICES = (
    Choice("remark", {"zh": "留言", "en": "Remark"}),
    Choice("guidance", {"zh": "指导", "en": "Guidance"}),
    Choice("risk", {"zh": "风险", "en": "Risk"}),
)
