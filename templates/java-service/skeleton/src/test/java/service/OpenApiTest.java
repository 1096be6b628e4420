package service;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.yaml.snakeyaml.Yaml;

/** That {@code api/openapi.yaml} says what the code does. */
class OpenApiTest {
  private static final String RECORDS = "service.shipments.";

  private final Map<String, Object> description;

  OpenApiTest() throws IOException {
    description = new Yaml().load(Files.readString(Path.of("api/openapi.yaml")));
  }

  @Test
  void describesEveryRouteAndNoOther() {
    var described =
        map(description, "paths").entrySet().stream()
            .flatMap(path ->
                map(path.getValue()).keySet().stream()
                    .map(method -> method.toUpperCase(Locale.ROOT) + " " + path.getKey()))
            .toList();
    try (var service = new RunningService()) {
      var served =
          service
              .context
              .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
              .getHandlerMethods()
              .keySet()
              .stream()
              .flatMap(route ->
                  route.getMethodsCondition().getMethods().stream()
                      .flatMap(method ->
                          route.getPatternValues().stream().map(path -> method + " " + path)))
              .toList();
      assertThat(described).containsExactlyInAnyOrderElementsOf(served);
    }
  }

  @Test
  void describesEveryRecordAndItsLimits() throws ClassNotFoundException {
    for (var schema : map(description, "components", "schemas").entrySet()) {
      var components = Class.forName(RECORDS + schema.getKey()).getRecordComponents();
      assertThat(withoutWords(map(schema.getValue(), "properties")))
          .as(schema.getKey())
          .isEqualTo(
              Arrays.stream(components)
                  .collect(Collectors.toMap(RecordComponent::getName, OpenApiTest::schemaOf)));
      assertThat(map(schema.getValue()).get("required"))
          .as(schema.getKey())
          .isEqualTo(Arrays.stream(components).map(RecordComponent::getName).toList());
    }
  }

  private static Map<String, Object> schemaOf(RecordComponent component) {
    var schema = new HashMap<String, Object>();
    var type = component.getType();
    var name = "string";
    if (type == UUID.class) schema.put("format", "uuid");
    if (type == Instant.class) schema.put("format", "date-time");
    if (type == int.class || type == Integer.class) name = "integer";
    if (component.getGenericType() instanceof ParameterizedType list) {
      name = "array";
      var item = (Class<?>) list.getActualTypeArguments()[0];
      schema.put("items", Map.of("$ref", "#/components/schemas/" + item.getSimpleName()));
    }
    var isNullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    schema.put("type", isNullable ? List.of(name, "null") : name);
    var limits = component.getAccessor();
    if (limits.getAnnotation(Pattern.class) instanceof Pattern limit) {
      schema.put("pattern", limit.regexp());
    }
    if (limits.getAnnotation(Min.class) instanceof Min limit) {
      schema.put("minimum", Math.toIntExact(limit.value()));
    }
    if (limits.getAnnotation(Max.class) instanceof Max limit) {
      schema.put("maximum", Math.toIntExact(limit.value()));
    }
    return schema;
  }

  private static Map<String, Object> withoutWords(Map<String, Object> properties) {
    properties.values().forEach(property -> map(property).remove("description"));
    return properties;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value, String... path) {
    for (var key : path) value = ((Map<String, Object>) value).get(key);
    return (Map<String, Object>) value;
  }
}
