package service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
  @Test
  void takesTheAddressApart() {
    assertThat(
            DatabaseUrl.of("postgres://shop:p%40ss+w%2Frd@db.example:6432/sh%20op?sslmode=require"))
        .isEqualTo(
            new DatabaseUrl(
                "jdbc:postgresql://db.example:6432/sh%20op?sslmode=require", "shop", "p@ss+w/rd"));
  }

  @Test
  void needsNeitherPortNorPassword() {
    assertThat(DatabaseUrl.of("postgresql://shop@[::1]/shop"))
        .isEqualTo(new DatabaseUrl("jdbc:postgresql://[::1]:5432/shop", "shop", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://root:hunter2@db/shop",
        "postgres://root:hunter2@db",
        "postgres://root:hunter2@/shop",
        "postgres://root:hunter2 @db/shop",
        "hunter2"
      })
  void refusesEverythingElseWithoutRepeatingIt(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DatabaseUrl.of(value))
        .satisfies(error -> assertThat(error).hasNoCause())
        .withMessageNotContaining("hunter2");
  }
}
