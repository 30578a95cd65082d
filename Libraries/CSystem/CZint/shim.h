#pragma once
#include <zint.h>

/* encoded_data is too large an array for Swift to import as it is. */
static inline int czint_is_dark(const struct zint_symbol *symbol, int row, int column) {
    return (symbol->encoded_data[row][column >> 3] >> (column & 7)) & 1;
}
