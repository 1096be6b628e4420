package service;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.observation.ObservationPredicate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.OpenTelemetryServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.http.server.observation.ServerRequestObservationConvention;
import service.web.Probes;

/** What metrics and traces are called, and what they leave out. */
@Configuration(proxyBeanMethods = false)
class Telemetry {
  private static final Path MEMORY = Path.of("/proc/self/status");

  @Bean
  ServerRequestObservationConvention openTelemetryNames() {
    return new OpenTelemetryServerRequestObservationConvention();
  }

  @Bean
  ObservationPredicate unlessProbe() {
    return (name, context) ->
        !(context instanceof ServerRequestObservationContext request
            && Probes.contain(request.getCarrier()));
  }

  /** CPU and memory by the names that Prometheus' own clients use. */
  @Bean
  MeterBinder process() {
    var self = ProcessHandle.current();
    return registry -> {
      FunctionCounter.builder("process.cpu", self, Telemetry::cpuSeconds)
          .baseUnit("seconds")
          .register(registry);
      Gauge.builder("process.resident.memory", Telemetry::residentBytes)
          .baseUnit("bytes")
          .register(registry);
    };
  }

  private static double cpuSeconds(ProcessHandle self) {
    return self.info().totalCpuDuration().map(cpu -> cpu.toMillis() / 1000.0).orElse(Double.NaN);
  }

  /** NaN where there is no Linux to ask. */
  private static double residentBytes() {
    try (var lines = Files.lines(MEMORY)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException e) {
      return Double.NaN;
    }
  }
}
