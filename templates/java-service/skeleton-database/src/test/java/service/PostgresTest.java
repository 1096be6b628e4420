package service;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

@EnabledIfEnvironmentVariable(named = "DATABASE_URL", matches = ".+")
class PostgresTest {
  private static final String SHIPMENT =
      """
      {"orderReference":"TW-300001","country":"SE","postcode":"111 20","weightGrams":400}
      """;

  @Test
  void keepsShipmentsOverARestart() throws SQLException {
    try (var schema = new PostgresSchema()) {
      var settings = new String[] {"--spring.profiles.active=", "--database-url=" + schema.url};
      try (var service = new RunningService(settings)) {
        service.api().get().uri("/readyz").exchange().expectStatus().isOk();
        post(service).expectStatus().isCreated();
      }
      try (var service = new RunningService(settings)) {
        post(service).expectStatus().isEqualTo(409);
      }
    }
  }

  private static ResponseSpec post(RunningService service) {
    return service
        .api()
        .post()
        .uri("/v1/shipments")
        .contentType(MediaType.APPLICATION_JSON)
        .body(SHIPMENT)
        .exchange();
  }
}
