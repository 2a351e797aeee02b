import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.europa.esig.dss.diagnostic.DiagnosticData;
import eu.europa.esig.dss.diagnostic.PDFRevisionWrapper;
import eu.europa.esig.dss.diagnostic.SignatureWrapper;
import eu.europa.esig.dss.diagnostic.TimestampWrapper;
import eu.europa.esig.dss.diagnostic.jaxb.XmlObjectModification;
import eu.europa.esig.dss.enumerations.SubIndication;
import eu.europa.esig.dss.jaxb.object.Message;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.pades.validation.PDFDocumentValidator;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.spi.x509.revocation.crl.ExternalResourcesCRLSource;
import eu.europa.esig.dss.spi.x509.revocation.ocsp.ExternalResourcesOCSPSource;
import eu.europa.esig.dss.validation.reports.Reports;
import java.io.File;
import java.util.ArrayList;
import java.util.List;

/**
 * What EU DSS says of a signed PDF: offline, with its default policy as it stands (AdES rules; nothing is loosened), and
 * with the given roots as trust anchors.
 */
final class DssJudge {
  /** Job: path, roots (PEM or DER files), password?, ocsp and crl (files that stand for the responders' answers). */
  static void judge(JsonNode job, ObjectNode answer) {
    PDFDocumentValidator validator = new PDFDocumentValidator(new FileDocument(job.path("path").asText()));
    if (job.hasNonNull("password")) {
      validator.setPasswordProtection(job.path("password").asText().toCharArray());
    }
    validator.setCertificateVerifier(verifier(job));
    Reports reports = validator.validateDocument();
    SimpleReport simple = reports.getSimpleReport();
    DiagnosticData data = reports.getDiagnosticData();
    ArrayNode signatures = answer.putArray("signatures");
    for (SignatureWrapper signature : data.getSignatures()) {
      ObjectNode one = signatures.addObject();
      String id = signature.getId();
      one.put("field", fieldOf(signature.getPDFRevision()));
      one.put("level", String.valueOf(simple.getSignatureFormat(id)));
      one.put("indication", String.valueOf(simple.getIndication(id)));
      SubIndication sub = simple.getSubIndication(id);
      one.put("subIndication", sub == null ? "" : sub.toString());
      one.put("intact", signature.isSignatureIntact() && signature.isSignatureValid());
      one.put("algorithm", String.valueOf(signature.getSignatureAlgorithm()));
      one.put("structure", String.join("; ", signature.getStructuralValidationMessages()));
      texts(one.putArray("errors"), simple.getAdESValidationErrors(id));
      texts(one.putArray("warnings"), simple.getAdESValidationWarnings(id));
      revision(one, signature.getPDFRevision());
    }
    ArrayNode timestamps = answer.putArray("timestamps");
    for (TimestampWrapper timestamp : data.getTimestampList()) {
      ObjectNode one = timestamps.addObject();
      String id = timestamp.getId();
      one.put("type", String.valueOf(timestamp.getType()));
      one.put("indication", String.valueOf(simple.getIndication(id)));
      one.put("intact", timestamp.isMessageImprintDataIntact() && timestamp.isSignatureValid());
      texts(one.putArray("errors"), simple.getAdESValidationErrors(id));
      texts(one.putArray("warnings"), simple.getAdESValidationWarnings(id));
      if (timestamp.getPDFRevision() != null) {
        revision(one, timestamp.getPDFRevision());
      }
    }
  }

  static CommonCertificateVerifier verifier(JsonNode job) {
    CommonCertificateVerifier verifier = new CommonCertificateVerifier();
    CommonTrustedCertificateSource trusted = new CommonTrustedCertificateSource();
    for (JsonNode root : job.path("roots")) {
      trusted.addCertificate(DSSUtils.loadCertificate(new File(root.asText())));
    }
    verifier.setTrustedCertSources(trusted);
    // Nothing is fetched: what is neither in the file nor given here is missing.
    verifier.setAIASource(null);
    verifier.setOcspSource(job.path("ocsp").isEmpty() ? null : new ExternalResourcesOCSPSource(documents(job.path("ocsp"))));
    verifier.setCrlSource(job.path("crl").isEmpty() ? null : new ExternalResourcesCRLSource(documents(job.path("crl"))));
    return verifier;
  }

  private static DSSDocument[] documents(JsonNode paths) {
    List<DSSDocument> documents = new ArrayList<>();
    paths.forEach(path -> documents.add(new FileDocument(path.asText())));
    return documents.toArray(new DSSDocument[0]);
  }

  /** Everything that DSS holds against the revision of a signature and what came after it. */
  private static void revision(ObjectNode one, PDFRevisionWrapper revision) {
    one.put("byteRangeValid", revision.isSignatureByteRangeValid());
    one.put("dictionaryConsistent", revision.isPdfSignatureDictionaryConsistent());
    one.put("overlaps", revision.getPdfAnnotationsOverlapConcernedPages().toString());
    one.put("pagesDiffer", revision.getPdfPageDifferenceConcernedPages().toString());
    one.put("looksDiffer", revision.getPdfVisualDifferenceConcernedPages().toString());
    changes(one.putArray("annotationChanges"), revision.getPdfAnnotationChanges());
    changes(one.putArray("undefinedChanges"), revision.getPdfUndefinedChanges());
    one.put("docMdp", String.valueOf(revision.getDocMDPPermissions()));
  }

  private static void changes(ArrayNode array, List<XmlObjectModification> modifications) {
    if (modifications != null) {
      modifications.forEach(change -> array.add(change.getAction() + " " + change.getValue()));
    }
  }

  private static void texts(ArrayNode array, List<Message> messages) {
    messages.forEach(message -> array.add(message.getValue()));
  }

  private static String fieldOf(PDFRevisionWrapper revision) {
    return String.join(",", revision.getSignatureFieldNames());
  }
}
