package service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;

class ShutdownTest {
  @Test
  void servesOnUntilLoadBalancersLookAway() throws Exception {
    var service = new RunningService("--shutdown-delay-seconds=5");
    var api = service.api();
    var readiness = service.context.getBean(ApplicationAvailability.class);
    assertThat(readiness.getReadinessState()).isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);

    // Not on the common pool: on two cores it has one thread, which the client needs, too.
    var closed = CompletableFuture.runAsync(service::close, Thread::startVirtualThread);
    while (readiness.getReadinessState() != ReadinessState.REFUSING_TRAFFIC) {
      Thread.sleep(Duration.ofMillis(5));
    }
    api.get().uri("/readyz").exchange().expectStatus().isEqualTo(503);
    api.get().uri("/healthz").exchange().expectStatus().isOk();
    api.get().uri("/v1/shipments").exchange().expectStatus().isOk();
    assertThat(closed).isNotDone();

    closed.get(20, TimeUnit.SECONDS);
    assertThatThrownBy(() -> api.get().uri("/healthz").exchange())
        .hasMessageContaining("I/O error");
  }
}
