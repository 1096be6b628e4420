package service.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Answers every error as RFC 9457 describes it; nothing internal leaves the service. */
@RestControllerAdvice
final class Problems extends ResponseEntityExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  /** One thing that is wrong with a request: a JSON pointer into its body, or a parameter. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Fault(@Nullable String pointer, @Nullable String parameter, String detail) {}

  @ExceptionHandler(Exception.class)
  ResponseEntity<Object> handleUnexpected(Exception error, HttpServletRequest request) {
    LOG.error("request failed", error);
    ServerHttpObservationFilter.findObservationContext(request)
        .ifPresent(span -> span.setError(error));
    return createResponseEntity(
        ProblemDetail.forStatus(HttpStatus.INTERNAL_SERVER_ERROR),
        new HttpHeaders(),
        HttpStatus.INTERNAL_SERVER_ERROR,
        new ServletWebRequest(request));
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
      MethodArgumentNotValidException error,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    var faults =
        error.getFieldErrors().stream()
            .map(field ->
                new Fault(pointer(field.getField()), null, message(field.getDefaultMessage())))
            .toList();
    return refuse(error, status, faults, headers, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
      HandlerMethodValidationException error,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    var faults =
        error.getParameterValidationResults().stream()
            .flatMap(result ->
                result.getResolvableErrors().stream()
                    .map(one ->
                        new Fault(
                            null,
                            result.getMethodParameter().getParameterName(),
                            message(one.getDefaultMessage()))))
            .toList();
    return refuse(error, status, faults, headers, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException error,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return switch (error.getCause()) {
      case StreamConstraintsException _ ->
          refuse(error, HttpStatus.CONTENT_TOO_LARGE, List.of(), headers, request);
      case UnrecognizedPropertyException cause ->
          refuse(
              error,
              status,
              List.of(new Fault(pointer(cause), null, "is not known")),
              headers,
              request);
      case JacksonException cause when !cause.getPath().isEmpty() ->
          refuse(
              error,
              status,
              List.of(new Fault(pointer(cause), null, "is of the wrong type")),
              headers,
              request);
      case null, default -> refuse(error, status, List.of(), headers, request);
    };
  }

  private @Nullable ResponseEntity<Object> refuse(
      Exception error,
      HttpStatusCode status,
      List<Fault> faults,
      HttpHeaders headers,
      WebRequest request) {
    var problem = ProblemDetail.forStatusAndDetail(status, "The request is not valid.");
    if (!faults.isEmpty()) problem.setProperty("errors", faults);
    return handleExceptionInternal(error, problem, headers, status, request);
  }

  @Override
  protected ResponseEntity<Object> createResponseEntity(
      @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    if (body instanceof ProblemDetail problem && request instanceof ServletWebRequest servlet) {
      problem.setInstance(URI.create(RequestLog.idOf(servlet.getRequest())));
    }
    return new ResponseEntity<>(body, headers, status);
  }

  private static String message(@Nullable String message) {
    return message == null ? "is not valid" : message;
  }

  /** {@code lines[0].weight} is {@code /lines/0/weight}. */
  private static String pointer(String field) {
    return "/" + field.replaceAll("\\[(\\d+)]", ".$1").replace('.', '/');
  }

  private static String pointer(JacksonException cause) {
    return cause.getPath().stream()
        .map(step -> step.getPropertyName() == null ? "" + step.getIndex() : step.getPropertyName())
        .collect(Collectors.joining("/", "/", ""));
  }
}
