"""Asks pyHanko about many signed PDFs in one run: a JSON object a line comes in, a JSON object a line goes out.

Job: id, path, password?, roots (certificate files), ocsp and crl (files that stand for the network), levels, one a signature ("B", "T" or
"LTA": the AdES validation process of EN 319 102-1 that is asked). Offline; revocation data is required.
A job that fails answers {"id", "error"}.
"""

import asyncio
import json
import logging
import sys

from asn1crypto import crl as asn1_crl
from asn1crypto import ocsp as asn1_ocsp
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import ades
from pyhanko.sign.validation.policy_decl import (
    LocalKnowledge,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer, OCSPContainer


def read(path):
    with open(path, "rb") as handle:
        return handle.read()


def specification(job):
    known = LocalKnowledge(
        known_ocsps=[
            container
            for path in job.get("ocsp", [])
            for container in OCSPContainer.load_multi(asn1_ocsp.OCSPResponse.load(read(path)))
        ],
        known_crls=[CRLContainer(asn1_crl.CertificateList.load(read(path))) for path in job.get("crl", [])],
    )
    policy = CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(trust_roots=[load_cert_from_pemder(path) for path in job["roots"]]),
        revinfo_policy=CertRevTrustPolicy(REQUIRE_REVINFO),
    )
    return SignatureValidationSpec(
        cert_validation_policy=policy,
        revinfo_gathering_policy=RevocationInfoGatheringSpec(
            online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY
        ),
        local_knowledge=known,
    )


async def indication(signature, spec, level):
    if level == "LTA":
        return (await ades.ades_lta_validation(signature, PdfSignatureValidationSpec(spec))).ades_subindic
    validate = ades.ades_basic_validation if level == "B" else ades.ades_with_time_validation
    digest = signature.compute_digest()
    return (await validate(signature.signed_data, spec, raw_digest=digest)).ades_subindic


def changes(difference):
    """None: nothing came after. A suspicious modification is an exception object, without a level."""
    if difference is None:
        return "NONE"
    return difference.modification_level.name if hasattr(difference, "modification_level") else "OTHER"


def judge(job):
    with open(job["path"], "rb") as handle:
        reader = PdfFileReader(handle)
        if "password" in job:
            reader.decrypt(job["password"])
        answers = []
        for signature in reader.embedded_regular_signatures:
            level = job["levels"][len(answers)]
            subindication = asyncio.run(indication(signature, specification(job), level))
            # Whose bytes it covers, and what came after, by the standard policy for differences.
            signature.compute_integrity_info()
            integrity = signature.summarise_integrity_info()
            answers.append(
                {
                    "field": signature.field_name,
                    "indication": str(subindication),
                    "coverage": integrity["coverage"].name,
                    "changes": changes(integrity.get("diff_result")),
                    "docMdpOk": integrity["docmdp_ok"],
                }
            )
        stamps = [
            {"field": stamp.field_name, "coverage": stamp.evaluate_signature_coverage().name}
            for stamp in reader.embedded_timestamp_signatures
        ]
        return {"signatures": answers, "timestamps": stamps}


logging.disable(logging.CRITICAL)
for line in sys.stdin:
    one = json.loads(line)
    try:
        answer = judge(one)
    except Exception as error:  # an answer as any other: the tests compare whole answers
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps({"id": one["id"], **answer}), flush=True)
