package service;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;

/** Brings the tables up to date and ends: a Job of the chart, before new pods start. */
@ImportAutoConfiguration({DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
final class Migrate {
  private Migrate() {}

  static void run(String... args) {
    new SpringApplicationBuilder(Migrate.class).web(WebApplicationType.NONE).run(args).close();
  }
}
