package service.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers what failed before any controller was reached, in a filter or in the server itself. */
@RestController
final class FallbackController implements ErrorController {
  @RequestMapping("/error")
  ProblemDetail problem(HttpServletRequest request) {
    var failed = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    var problem =
        ProblemDetail.forStatus(
            failed instanceof Integer status ? status : HttpStatus.NOT_FOUND.value());
    problem.setInstance(URI.create(RequestLog.idOf(request)));
    return problem;
  }
}
