package service;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import service.config.DatabaseUrl;

/** A schema of its own in the database of {@code DATABASE_URL}, with all tables, for one test. */
public final class PostgresSchema implements AutoCloseable {
  private final DatabaseUrl database = DatabaseUrl.of(System.getenv("DATABASE_URL"));
  private final String name = "test_" + UUID.randomUUID().toString().replace("-", "");

  /** How the service is told to use it. */
  public final String url;

  public PostgresSchema() throws SQLException {
    var given = System.getenv("DATABASE_URL");
    url = given + (given.contains("?") ? "&" : "?") + "currentSchema=" + name;
    execute("CREATE SCHEMA " + name);
    Migrate.run("migrate", "--database-url=" + url);
  }

  private void execute(String statement) throws SQLException {
    try (var connection =
            DriverManager.getConnection(
                database.jdbcUrl(), database.username(), database.password());
        var sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  @Override
  public void close() throws SQLException {
    execute("DROP SCHEMA " + name + " CASCADE");
  }
}
