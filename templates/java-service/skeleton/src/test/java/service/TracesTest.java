package service;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class TracesTest {
  @Test
  void sendsTheSpanOfARequest() throws IOException {
    List<String> received = new CopyOnWriteArrayList<>();
    var collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          received.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    var endpoint = "http://127.0.0.1:" + collector.getAddress().getPort();
    try (var service = new RunningService("--otel-exporter-otlp-endpoint=" + endpoint)) {
      service.api().get().uri("/v1/shipments").exchange().expectStatus().isOk();
      service.api().get().uri("/healthz").exchange().expectStatus().isOk();
    } finally {
      // Closing the service has sent what was left.
      collector.stop(0);
    }
    assertThat(received)
        .singleElement()
        .asString()
        .contains(
            "service.name", "service.version", "GET /v1/shipments", "http.response.status_code")
        .doesNotContain("healthz");
  }
}
