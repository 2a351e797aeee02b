import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Asks EU DSS and veraPDF about many files in one run: a JSON object a line comes in, a JSON object a line goes out, in
 * the same order, with the same "id". A job that fails answers {"id", "error"}: the tests compare whole answers.
 */
public final class Judge {
  static final ObjectMapper JSON = new ObjectMapper();

  public static void main(String[] arguments) throws Exception {
    // Whatever the libraries print must not come between the answers.
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      JsonNode job = JSON.readTree(line);
      ObjectNode answer = JSON.createObjectNode();
      answer.put("id", job.path("id").asText());
      try {
        switch (job.path("judge").asText()) {
          case "dss" -> DssJudge.judge(job, answer);
          case "verapdf" -> VeraPdfJudge.judge(job, answer);
          default -> answer.put("error", "unknown judge");
        }
      } catch (Exception | LinkageError error) {
        error.printStackTrace();
        answer.put("error", error.toString());
      }
      out.println(JSON.writeValueAsString(answer));
    }
  }
}
