"""pyHanko, as its documentation shows it: pyhanko_sign.py KEY-PEM CERTIFICATE-PEM SOURCE TARGET"""

import sys

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

key, certificate, source, target = sys.argv[1:5]
signer = signers.SimpleSigner.load(key, certificate)
metadata = signers.PdfSignatureMetadata(
    field_name="Signature1", md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
)
with open(source, "rb") as document, open(target, "wb") as output:
    signers.sign_pdf(IncrementalPdfFileWriter(document), metadata, signer=signer, output=output)
