package service.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/** Gives every request an id and a line in the log. It runs inside the span of the request. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
final class RequestLog extends OncePerRequestFilter {
  private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);
  private static final String HEADER = "X-Request-Id";
  private static final String ID = RequestLog.class.getName() + ".id";
  private static final Pattern HARMLESS = Pattern.compile("[\\w-]{8,64}");

  /** The id under which the log knows a request. */
  static String idOf(HttpServletRequest request) {
    return request.getAttribute(ID) instanceof String id ? id : "unknown";
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return Probes.contain(request);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var given = request.getHeader(HEADER);
    var id =
        given != null && HARMLESS.matcher(given).matches() ? given : UUID.randomUUID().toString();
    var begun = System.nanoTime();
    request.setAttribute(ID, id);
    response.setHeader(HEADER, id);
    response.setHeader("X-Content-Type-Options", "nosniff");
    try (var _ = MDC.putCloseable("request_id", id)) {
      try {
        chain.doFilter(request, response);
      } finally {
        LOG.atInfo()
            .addKeyValue("method", request.getMethod())
            .addKeyValue(
                "route", request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE))
            .addKeyValue("status", response.getStatus())
            .addKeyValue("duration_ms", (System.nanoTime() - begun) / 1_000_000)
            .log("request");
      }
    }
  }
}
