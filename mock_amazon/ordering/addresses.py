"""A valid delivery address per country, for orders that name none. Invented people, real-looking places."""

from __future__ import annotations

KEYS = ("name", "line1", "line2", "line3", "city", "region", "postal_code", "country", "phone")
MORE_KEYS = (
    *("company", "county", "district", "municipality", "type"),
    *("street_name", "street_number", "complement", "neighborhood"),
)
"""What few addresses have."""

_ADDRESSES = {
    # country: name, first line, city, region, postal code, phone
    "US": ("Jane Sample", "100 Main Street", "Seattle", "WA", "98101", "+1 206 555 0100"),
    "CA": ("Jane Sample", "200 King Street W", "Toronto", "ON", "M5H 1J8", "+1 416 555 0100"),
    "MX": ("Juana Muestra", "Avenida Reforma 300", "Ciudad de México", "CDMX", "06600", "+52 55 5555 0100"),
    "BR": ("Joana Exemplo", "Rua Augusta 400", "São Paulo", "SP", "01304-000", "+55 11 5555 0100"),
    "GB": ("Jane Sample", "10 High Street", "London", "Greater London", "SW1A 1AA", "+44 20 7946 0100"),
    "DE": ("Erika Muster", "Hauptstraße 5", "Berlin", "Berlin", "10115", "+49 30 5550100"),
    "FR": ("Jeanne Exemple", "6 Rue de Rivoli", "Paris", "Île-de-France", "75001", "+33 1 55 55 01 00"),
    "IT": ("Giovanna Esempio", "Via Roma 7", "Milano", "MI", "20121", "+39 02 5550100"),
    "ES": ("Juana Ejemplo", "Calle Mayor 8", "Madrid", "Madrid", "28013", "+34 915 550 100"),
    "NL": ("Johanna Voorbeeld", "Damrak 9", "Amsterdam", "Noord-Holland", "1012 LG", "+31 20 555 0100"),
    "BE": ("Jeanne Exemple", "Rue Neuve 10", "Bruxelles", "Bruxelles", "1000", "+32 2 555 01 00"),
    "IE": ("Jane Sample", "11 Grafton Street", "Dublin", "Dublin", "D02 X285", "+353 1 555 0100"),
    "SE": (
        "Johanna Exempel",
        "Drottninggatan 12",
        "Stockholm",
        "Stockholms län",
        "111 51",
        "+46 8 555 01 00",
    ),
    "PL": ("Joanna Przykład", "ulica Długa 13", "Warszawa", "mazowieckie", "00-238", "+48 22 555 01 00"),
    "TR": ("Ayşe Örnek", "İstiklal Caddesi 14", "İstanbul", "İstanbul", "34430", "+90 212 555 0100"),
    "AE": ("Jane Sample", "15 Sheikh Zayed Road", "Dubai", "Dubai", "00000", "+971 4 555 0100"),
    "SA": ("Jane Sample", "16 King Fahd Road", "Riyadh", "Riyadh", "11564", "+966 11 555 0100"),
    "EG": ("Jane Sample", "17 Tahrir Street", "Cairo", "Cairo", "11511", "+20 2 5555 0100"),
    "ZA": ("Jane Sample", "18 Long Street", "Cape Town", "Western Cape", "8001", "+27 21 555 0100"),
    "IN": ("Jaya Udaharan", "19 MG Road", "Bengaluru", "KARNATAKA", "560001", "+91 80 5555 0100"),
    "JP": ("見本 花子", "丸の内1-20", "千代田区", "東京都", "100-0005", "+81 3 5555 0100"),
    "AU": ("Jane Sample", "21 George Street", "Sydney", "NSW", "2000", "+61 2 5550 0100"),
    "SG": ("Jane Sample", "22 Orchard Road", "Singapore", "Singapore", "238801", "+65 6555 0100"),
}


def default_address(country: str) -> dict[str, str]:
    """The address of that country, in the keys of ``ship_to``; only the country where we know none."""
    if country not in _ADDRESSES:
        return {"country": country}
    name, line, city, region, code, phone = _ADDRESSES[country]
    return {
        "name": name,
        "line1": line,
        "city": city,
        "region": region,
        "postal_code": code,
        "country": country,
        "phone": phone,
    }
