package service.config;

import jakarta.validation.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/** Reads and checks the settings as soon as logs can be written, before anything is made. */
final class SettingsLoader
    implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

  @Override
  public int getOrder() {
    return LoggingApplicationListener.DEFAULT_ORDER + 1;
  }

  @Override
  public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
    var environment = event.getEnvironment();
    var settings = load(environment);
    environment
        .getPropertySources()
        .addFirst(new MapPropertySource("settings", settings.asSpringProperties()));
    LoggingSystem.get(getClass().getClassLoader())
        .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, settings.logLevel());
  }

  /**
   * @throws InvalidSettingsException naming every variable that is wrong
   */
  static Settings load(Environment environment) {
    var problems = new ArrayList<String>();
    var wrong = new ArrayList<String>();
    var collect =
        new AbstractBindHandler() {
          @Override
          public @Nullable Object onFailure(
              ConfigurationPropertyName name,
              Bindable<?> target,
              BindContext context,
              Exception error) {
            wrong.add(variable(name.toString()));
            problems.add(variable(name.toString()) + ": " + expected(target.getType().resolve()));
            return null;
          }
        };
    var settings =
        Binder.get(environment)
            .bindOrCreate(
                ConfigurationPropertyName.EMPTY.toString(), Bindable.of(Settings.class), collect);
    try (var validation = Validation.buildDefaultValidatorFactory()) {
      for (var violation : validation.getValidator().validate(settings)) {
        var variable = variable(violation.getPropertyPath().toString());
        if (!wrong.contains(variable)) problems.add(variable + ": " + violation.getMessage());
      }
    }
    if (settings.port() != 0 && settings.metricsPort().equals(settings.port())) {
      problems.add("METRICS_PORT: must not be PORT, which others can reach");
    }
    if (!problems.isEmpty()) throw new InvalidSettingsException(List.copyOf(problems));
    return settings;
  }

  private static String expected(@Nullable Class<?> type) {
    if (type == Integer.class) return "must be a whole number";
    if (type != null && type.isEnum()) return "must be debug, info, warn or error";
    return "must be a postgres:// URL";
  }

  private static String variable(String property) {
    return property
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .replace('-', '_')
        .toUpperCase(Locale.ROOT);
  }
}
