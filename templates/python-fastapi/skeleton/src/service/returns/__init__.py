"""The example resource: goods that customers send back. Replace it with your own."""
