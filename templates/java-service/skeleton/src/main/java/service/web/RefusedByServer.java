package service.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Answers as a problem, too, what Tomcat refuses before Spring has seen it. */
@Component
final class RefusedByServer implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addContextCustomizers(
        context -> context.getParent().getPipeline().addValve(new ProblemValve()));
  }

  private static final class ProblemValve extends ErrorReportValve {
    @Override
    protected void report(Request request, Response response, Throwable error) {
      var status = HttpStatus.resolve(response.getStatus());
      if (status == null || !status.isError() || response.getContentWritten() > 0) return;
      if (!response.setErrorReported()) return;
      response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
      try {
        response
            .getReporter()
            .write(
                """
                {"title":"%s","status":%d,"instance":"%s"}\
                """
                    .formatted(status.getReasonPhrase(), status.value(), RequestLog.idOf(request)));
        response.finishResponse();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
