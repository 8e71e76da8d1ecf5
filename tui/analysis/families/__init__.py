"""The figures of a family, an organisation or a country, each as a Measure."""
