package service.config;

import java.util.List;
import org.springframework.boot.ExitCodeGenerator;

/** Names every variable that is wrong, and never repeats a value: it may be a secret. */
final class InvalidSettingsException extends RuntimeException implements ExitCodeGenerator {
  private static final long serialVersionUID = 1L;

  InvalidSettingsException(List<String> problems) {
    super("The configuration is not valid: " + String.join("; ", problems));
  }

  /** EX_CONFIG of sysexits.h. */
  @Override
  public int getExitCode() {
    return 78;
  }
}
