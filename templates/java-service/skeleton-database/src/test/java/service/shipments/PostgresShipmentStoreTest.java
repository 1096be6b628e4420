package service.shipments;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import service.PostgresSchema;
import service.config.DatabaseUrl;

@EnabledIfEnvironmentVariable(named = "DATABASE_URL", matches = ".+")
class PostgresShipmentStoreTest extends ShipmentStoreContract {
  private static PostgresSchema schema;
  private static JdbcClient jdbc;

  @BeforeAll
  static void create() throws SQLException {
    schema = new PostgresSchema();
    var database = DatabaseUrl.of(schema.url);
    jdbc =
        JdbcClient.create(
            new DriverManagerDataSource(
                database.jdbcUrl(), database.username(), database.password()));
  }

  @AfterAll
  static void drop() throws SQLException {
    schema.close();
  }

  @Override
  ShipmentStore store() {
    jdbc.sql("TRUNCATE shipments").update();
    return new PostgresShipmentStore(jdbc);
  }
}
