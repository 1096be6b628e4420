package service.shipments;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** What a caller says of a shipment. */
record NewShipment(
    @NotNull @Pattern(regexp = "^TW-[0-9]{6,10}$") String orderReference,
    @NotNull @Pattern(regexp = "^[A-Z]{2}$") String country,
    @NotNull @Pattern(regexp = "^[A-Z0-9][A-Z0-9 -]{1,11}$") String postcode,
    @NotNull @Min(1) @Max(30_000) Integer weightGrams) {}
