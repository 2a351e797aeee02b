import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/** Which rules of a PDF/A or PDF/UA flavour a file breaks, and how often. */
final class VeraPdfJudge {
  static {
    VeraGreenfieldFoundryProvider.initialise();
  }

  /** Job: path, flavour ("1b", "ua1" …). */
  static void judge(JsonNode job, ObjectNode answer) throws Exception {
    PDFAFlavour flavour = PDFAFlavour.fromString(job.path("flavour").asText());
    try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(job.path("path").asText()), flavour);
        PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
      ValidationResult result = validator.validate(parser);
      answer.put("flavour", result.getPDFAFlavour().getId());
      answer.put("assertions", result.getTotalAssertions());
      answer.put("compliant", result.isCompliant());
      Map<String, Integer> broken = new TreeMap<>();
      for (Map.Entry<RuleId, Integer> entry : result.getFailedChecks().entrySet()) {
        broken.put(entry.getKey().getClause() + "-" + entry.getKey().getTestNumber(), entry.getValue());
      }
      answer.set("broken", Judge.JSON.valueToTree(broken));
    }
  }
}
