import unittest

from cart_service.main import answer


class AnswerTest(unittest.TestCase):
    def test_an_empty_cart_costs_nothing(self) -> None:
        self.assertEqual(answer("/")["total"], 0)

    def test_the_best_discount_is_taken_off(self) -> None:
        self.assertEqual(answer("/?price=6000&price=5000")["total"], 9_900)

    def test_a_price_that_is_no_number_is_refused(self) -> None:
        with self.assertRaises(ValueError):
            answer("/?price=free")


if __name__ == "__main__":
    unittest.main()
