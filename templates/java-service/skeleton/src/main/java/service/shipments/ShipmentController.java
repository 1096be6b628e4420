package service.shipments;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The example resource. Replace this package with what the service is about. */
@RestController
@RequestMapping("/v1/shipments")
final class ShipmentController {
  private final ShipmentStore store;

  ShipmentController(ShipmentStore store) {
    this.store = store;
  }

  @PostMapping
  ResponseEntity<Shipment> create(@Valid @RequestBody NewShipment wanted) {
    var shipment =
        new Shipment(
            UUID.randomUUID(),
            wanted.orderReference(),
            wanted.country(),
            wanted.postcode(),
            wanted.weightGrams(),
            // What every store can keep.
            Instant.now().truncatedTo(ChronoUnit.MICROS));
    if (!store.add(shipment)) {
      throw new ResponseStatusException(HttpStatus.CONFLICT, "The order has a shipment already.");
    }
    return ResponseEntity.created(URI.create("/v1/shipments/" + shipment.id())).body(shipment);
  }

  @GetMapping("/{id}")
  Shipment get(@PathVariable UUID id) {
    return store
        .find(id)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "No such shipment."));
  }

  @GetMapping
  ShipmentPage list(
      @RequestParam(required = false) @Nullable UUID after,
      @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit) {
    // One more than asked for says whether there is a next page.
    var found = store.list(after, limit + 1);
    if (found.size() <= limit) return new ShipmentPage(found, null);
    var page = found.subList(0, limit);
    return new ShipmentPage(page, page.getLast().id());
  }
}
