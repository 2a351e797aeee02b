"""What pyHanko says of each signature of a PDF: its AdES indication with long-term data, offline, revocation required.

Arguments: the PDF, the trusted root (PEM), days into the future (timestamps are then taken as renewed until that day).
Prints one JSON object a line.
"""

import asyncio
import datetime
import json
import logging
import sys

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import ades
from pyhanko.sign.validation.policy_decl import (
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager

logging.disable(logging.CRITICAL)
path, root, days = sys.argv[1:4]
policy = CertValidationPolicySpec(
    trust_manager=SimpleTrustManager.build(trust_roots=[load_cert_from_pemder(root)]),
    revinfo_policy=CertRevTrustPolicy(REQUIRE_REVINFO),
)
spec = PdfSignatureValidationSpec(
    SignatureValidationSpec(
        cert_validation_policy=policy,
        revinfo_gathering_policy=RevocationInfoGatheringSpec(
            online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY
        ),
    )
)
later = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=int(days))
with open(path, "rb") as handle:
    for signature in PdfFileReader(handle).embedded_regular_signatures:
        now = asyncio.run(ades.ades_lta_validation(signature, spec))
        future = asyncio.run(ades.simulate_future_ades_lta_validation(signature, spec, later))
        print(
            json.dumps(
                {
                    "field": signature.field_name,
                    "now": str(now.ades_subindic),
                    "archived": now.oldest_evidence_record_timestamp is not None,
                    "changes": str(now.api_status.modification_level),
                    "future": str(future.ades_subindic),
                }
            )
        )
