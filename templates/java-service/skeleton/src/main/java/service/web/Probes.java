package service.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/** Requests of Kubernetes, which say nothing about how callers are served. */
public final class Probes {
  private static final Set<String> PATHS = Set.of("/healthz", "/readyz");

  private Probes() {}

  public static boolean contain(HttpServletRequest request) {
    return PATHS.contains(request.getRequestURI());
  }
}
