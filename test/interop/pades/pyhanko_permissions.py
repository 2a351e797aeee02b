"""What pyHanko says of each signature of a PDF about certification, locks, seed values and what came after.

Argument: the PDF. Prints one JSON object a line. Trust plays no part.
"""

import json
import logging
import sys

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

logging.disable(logging.CRITICAL)
with open(sys.argv[1], "rb") as handle:
    for signature in PdfFileReader(handle).embedded_regular_signatures:
        status = validate_pdf_signature(signature, ValidationContext(allow_fetching=False))
        lock = signature.fieldmdp
        print(
            json.dumps(
                {
                    "field": signature.field_name,
                    "intact": status.intact and status.valid,
                    "level": signature.docmdp_level.value if signature.docmdp_level else None,
                    "permitted": status.docmdp_ok,
                    "changes": status.modification_level.name,
                    "locked": lock.fields if lock else None,
                    "seed": str(status.seed_value_constraint_error) if status.seed_value_constraint_error else None,
                }
            )
        )
