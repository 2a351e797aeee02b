"""Signs with pyHanko: a JSON object a line comes in, a JSON object a line goes out.

Job: id, source, target, level ("B-B", "B-T", "B-LT", "B-LTA"), key and certificate (PEM files of the signer), chain (PEM
files), roots, tsa (address), docMdp (1, 2 or 3 for a certification; else null). Revocation data is fetched from where the
certificates say, which is this computer.
"""

import asyncio
import json
import sys

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers, timestamps
from pyhanko_certvalidator import ValidationContext


def sign(job):
    level = job["level"]
    chain = [load_cert_from_pemder(path) for path in job["chain"]]
    context = ValidationContext(
        trust_roots=[load_cert_from_pemder(path) for path in job["roots"]], other_certs=chain, allow_fetching=True
    )
    signer = signers.SimpleSigner.load(job["key"], job["certificate"], ca_chain_files=job["chain"])
    metadata = signers.PdfSignatureMetadata(
        field_name="Theirs",
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        validation_context=context,
        embed_validation_info=level in ("B-LT", "B-LTA"),
        use_pades_lta=level == "B-LTA",
        certify=job["docMdp"] is not None,
        docmdp_permissions=fields.MDPPerm(job["docMdp"] or 2),
    )
    stamper = None if level == "B-B" else timestamps.HTTPTimeStamper(job["tsa"])
    with open(job["source"], "rb") as source, open(job["target"], "wb") as target:
        writer = IncrementalPdfFileWriter(source)
        pdf_signer = signers.PdfSigner(metadata, signer=signer, timestamper=stamper)
        asyncio.run(pdf_signer.async_sign_pdf(writer, output=target, bytes_reserved=32768))  # guessing it costs a second round


for line in sys.stdin:
    one = json.loads(line)
    try:
        sign(one)
        answer = {}
    except Exception as error:  # told to the test, which fails
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps({"id": one["id"], **answer}), flush=True)
