package service.config;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The parts of {@code postgres://user@host:port/name?options} as JDBC wants them. */
public record DatabaseUrl(String jdbcUrl, String username, String password) {

  /**
   * @return null for an empty variable, which counts as not set
   * @throws IllegalArgumentException without a word of the value, which holds a password
   */
  public static @Nullable DatabaseUrl of(String value) {
    if (value.isEmpty()) return null;
    URI uri;
    try {
      uri = URI.create(value);
    } catch (IllegalArgumentException e) {
      throw notAnAddress();
    }
    var isPostgres = "postgres".equals(uri.getScheme()) || "postgresql".equals(uri.getScheme());
    var path = uri.getRawPath();
    if (!isPostgres || uri.getHost() == null || path == null || path.length() < 2) {
      throw notAnAddress();
    }
    var port = uri.getPort() == -1 ? 5432 : uri.getPort();
    var options = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    var user = (uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo()).split(":", 2);
    return new DatabaseUrl(
        "jdbc:postgresql://" + uri.getHost() + ":" + port + path + options,
        decode(user[0]),
        user.length == 2 ? decode(user[1]) : "");
  }

  /** A plus is a plus here, unlike in forms. */
  private static String decode(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException notAnAddress() {
    return new IllegalArgumentException("must be postgres://user@host:port/name");
  }

  @Override
  public String toString() {
    return jdbcUrl;
  }
}
