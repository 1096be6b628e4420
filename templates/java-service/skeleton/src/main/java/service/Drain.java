package service;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import service.config.Settings;

/**
 * Keeps serving for a moment after SIGTERM. Spring has turned readiness off by then, and waits for
 * the requests in flight afterwards.
 */
@Component
final class Drain {
  private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

  private final ApplicationContext service;
  private final Duration delay;

  Drain(ApplicationContext service, Settings settings) {
    this.service = service;
    this.delay = Duration.ofSeconds(settings.shutdownDelaySeconds());
  }

  @EventListener
  @Order(Ordered.HIGHEST_PRECEDENCE)
  void drain(ContextClosedEvent event) throws InterruptedException {
    // The server of the metrics has a context of its own, which closes later.
    if (event.getApplicationContext() != service) return;
    LOG.atInfo().addKeyValue("delay_seconds", delay.toSeconds()).log("draining");
    Thread.sleep(delay);
  }
}
